/** `protocol://publicKey[:secret]@host[:port][/path]/projectId`; an IPv6 host stands in brackets. */
const DSN =
  /^(https?:\/\/)(\w+)(?::\w*)?@((?:\[[^\]]+\]|[^:/@?#\s]+)(?::\d+)?\/(?:[^?#\s]+\/)?)(\d+)\/?$/i;

/**
 * Where envelopes for a DSN are posted; empty when it is malformed. The key is in the query rather
 * than in a header, which spares browsers a CORS preflight
 * (docs/protocol.md#endpoint-and-authentication).
 */
export function envelopeEndpoint(dsn: string, client: { name: string; version: string }): string {
  const text = dsn.trim();
  const url = text.replace(
    DSN,
    `$1$3api/$4/envelope/?sentry_version=7&sentry_key=$2&sentry_client=${client.name}%2F${client.version}`,
  );
  return url === text ? "" : url;
}
