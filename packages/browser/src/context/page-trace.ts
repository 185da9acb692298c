import { traceFromHeaders } from "@spanmeter/core";
import type { Trace, TraceSource } from "@spanmeter/core";

/**
 * The trace the server began for this page load: `<meta name="sentry-trace">` or
 * `<meta name="traceparent">`, else the `Server-Timing` entries of those names. Looked for at the
 * first metric. The server's span is left out: it ended before anything happened on the page.
 */
export function pageTraceSource(): TraceSource {
  let found: Trace | null | undefined;
  return () => {
    if (found === undefined) {
      const { traceId } = (isPage() && (traceFromHeaders(meta) ?? traceFromHeaders(timing))) || {};
      found = traceId ? { traceId } : null;
    }
    return found ?? undefined;
  };
}

/** False in a worker, which was not loaded by a navigation and has no trace of its own. */
function isPage(): boolean {
  return typeof document !== "undefined";
}

function meta(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}

function timing(name: string): string | undefined {
  const [navigation] = performance.getEntriesByType("navigation");
  const entries = (navigation as PerformanceNavigationTiming | undefined)?.serverTiming;
  return entries?.find((entry) => entry.name === name)?.description;
}
