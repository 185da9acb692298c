/** `protocol://publicKey[:secret]@host[:port][/path]/projectId`; an IPv6 host stands in brackets. */
const DSN =
  /^(https?:\/\/)([^:@/\s]+)(?::[^@/\s]*)?@((?:\[[0-9a-f:.]+\]|[^:/@?#[\]\s]+)(?::\d+)?\/(?:[^?#\s]+\/)?)(\d+)\/?$/i;

/**
 * Where envelopes for a DSN are posted; empty when it is malformed. The key rides in the query rather
 * than in a header, which spares browsers a CORS preflight (wire.md 2.2).
 */
export function envelopeEndpoint(dsn: string, client: { name: string; version: string }): string {
  const [, protocol, key = "", host, project] = DSN.exec(dsn.trim()) ?? [];
  const agent = encodeURIComponent(`${client.name}/${client.version}`);
  return protocol
    ? `${protocol}${host}api/${project}/envelope/?sentry_version=7&sentry_key=${encodeURIComponent(key)}&sentry_client=${agent}`
    : "";
}
