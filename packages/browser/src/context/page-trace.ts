import type { TraceSource } from "@spanmeter/core";

/** The common part of `sentry-trace` and `traceparent`. An id of zeros means that there is none. */
const TRACE = /\b(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}\b/i;

const NAMES = ["sentry-trace", "traceparent"];

/**
 * The trace the server began for this page load: `<meta name="sentry-trace">` or
 * `<meta name="traceparent">`, else the `Server-Timing` entries of those names. Read at
 * the first metric. The server's span is left out: it ended before anything happened on the page. A
 * worker has neither a document nor a navigation, and so no trace.
 */
export function pageTraceSource(): TraceSource {
  let traceId: string | undefined;
  return () => {
    traceId ??= TRACE.exec([NAMES.map(metaTag), NAMES.map(serverTiming)].join())?.[1] ?? "";
    return traceId ? { traceId } : undefined;
  };
}

const metaTag = (name: string): string | undefined =>
  globalThis.document?.querySelector?.<HTMLMetaElement>(`meta[name=${name}]`)?.content;

/** jsdom has a `performance` without entries. */
const serverTiming = (name: string): string | undefined =>
  (
    globalThis.performance?.getEntriesByType?.("navigation") as
      | Partial<PerformanceNavigationTiming>[]
      | undefined
  )?.[0]?.serverTiming?.find((entry) => entry.name === name)?.description;
