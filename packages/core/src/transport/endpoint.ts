/** The parts of a DSN, `protocol://publicKey[:secret]@host[:port][/path]/projectId`. */
export interface Dsn {
  readonly text: string;
  readonly protocol: string;
  readonly publicKey: string;
  /** With the port, where one is given. */
  readonly host: string;
  /** Empty, or ends in a slash. */
  readonly path: string;
  readonly projectId: string;
}

const DSN =
  /^(https?):\/\/([^:@/\s]+)(?::[^@/\s]*)?@((?:\[[0-9a-f:.]+\]|[^:/@?#[\]\s]+)(?::\d+)?)\/((?:[^?#\s]+\/)?)(\d+)\/?$/i;

/** Reads a DSN; `undefined` when it is malformed. */
export function parseDsn(text: string): Dsn | undefined {
  const [, protocol, publicKey, host, path, projectId] = DSN.exec(text.trim()) ?? [];
  if (!protocol || !publicKey || !host || path === undefined || !projectId) return undefined;
  const canonical = `${protocol}://${publicKey}@${host}/${path}${projectId}`;
  return { text: canonical, protocol, publicKey, host, path, projectId };
}

/**
 * Where envelopes are posted. The key rides in the query rather than in a header, which spares
 * browsers a CORS preflight (wire.md 2.2).
 */
export function envelopeEndpoint(dsn: Dsn, client: { name: string; version: string }): string {
  const agent = encodeURIComponent(`${client.name}/${client.version}`);
  return (
    `${dsn.protocol}://${dsn.host}/${dsn.path}api/${dsn.projectId}/envelope/` +
    `?sentry_version=7&sentry_key=${encodeURIComponent(dsn.publicKey)}&sentry_client=${agent}`
  );
}
