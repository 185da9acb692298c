import type { SentryClient, SentryDsn } from "./sentry-client.js";

/** Where a Sentry client posts its envelopes (docs/protocol.md#endpoint-and-authentication). */
export function endpointOf(client: SentryClient): string {
  const { protocol, publicKey, host, port, path, projectId } = client.getDsn() as SentryDsn;
  const { name, version } = client.getSdkMetadata?.()?.sdk ?? {};
  return (
    client.getOptions().tunnel ||
    `${protocol}://${host}${port ? `:${port}` : ""}/${path ? `${path}/` : ""}api/${projectId}/envelope/?sentry_version=7&sentry_key=${publicKey}&sentry_client=${name}%2F${version}`
  );
}
