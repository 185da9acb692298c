/**
 * A Sentry SDK or OpenTelemetry on the page wraps `fetch` to make a span of each request and to add a
 * trace header to it; on ours that header would cost a preflight, which Relay refuses
 * (docs/protocol.md#cors). Both leave what they wrapped under a name of theirs, and may wrap each other.
 * The steps are counted because Sentry 11 wraps in a `Proxy`, where that name leads back to itself.
 * Throws where there is no `fetch`.
 */
export function nativeFetch(): typeof fetch {
  let found: WrappedFetch = globalThis.fetch;
  if (__DEV__ && !found) throw new Error("Spanmeter needs `fetch`, which is missing here.");
  for (let i = 0; i < 5; i++) found = found.__original ?? found.__sentry_original__ ?? found;
  return found;
}

type WrappedFetch = typeof fetch & {
  __sentry_original__?: WrappedFetch;
  __original?: WrappedFetch;
};
