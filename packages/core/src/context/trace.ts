import type { Diagnostics } from "../diagnostics.js";
import type { MetricOptions, Trace, TraceSource } from "../metric.js";
import { scopeTrace } from "./sentry.js";

/** Finds the trace of a call: its own options, then the sources in order, then the fallback. */
export type FindTrace = (options: MetricOptions | undefined) => Trace;

/**
 * Ids as Relay keeps them. An all-zero id is what OpenTelemetry calls "no span".
 * The case is kept by lowering: Relay stores normalised ids.
 */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

export function createFindTrace(
  sources: readonly TraceSource[],
  fallback: Trace,
  diagnostics: Diagnostics,
): FindTrace {
  // A span is asked for many metrics in a row: its ids are checked when they first appear.
  let last: Trace = fallback;

  function accept(found: Trace | undefined): Trace | undefined {
    if (!found) return undefined;
    const { traceId, spanId } = found;
    if (traceId === last.traceId && spanId === last.spanId) return last;
    if (!TRACE_ID.test(traceId)) return undefined;
    const hasSpan = spanId !== undefined && SPAN_ID.test(spanId);
    last = hasSpan
      ? { traceId: traceId.toLowerCase(), spanId: spanId.toLowerCase() }
      : { traceId: traceId.toLowerCase() };
    return last;
  }

  function attempt(source: TraceSource): Trace | undefined {
    try {
      return accept(source());
    } catch (error) {
      diagnostics.error("A trace source threw; the next one is asked instead.", error);
      return undefined;
    }
  }

  function fromOptions(options: MetricOptions): Trace | undefined {
    const { trace, scope } = options;
    const found = (trace && attempt(() => trace)) ?? (scope && attempt(() => scopeTrace(scope)));
    if (!found && trace)
      diagnostics.warn(
        "trace",
        "option",
        __DEV__ &&
          `The "trace" option needs a traceId of 32 hex digits (and a spanId of 16); got ${describe(trace)}. The active trace was used.`,
      );
    return found;
  }

  return (options) => {
    if (options && (options.trace || options.scope)) {
      const found = fromOptions(options);
      if (found) return found;
    }
    for (const source of sources) {
      const found = attempt(source);
      if (found) return found;
    }
    return fallback;
  };
}

function describe(trace: Trace): string {
  try {
    return JSON.stringify(trace).slice(0, 120);
  } catch {
    return "something unreadable";
  }
}

/** A random id of `length` lower-case hex digits, never all zero. */
export function randomHex(length: number, random: () => number): string {
  let id = "";
  while (id.length < length)
    id += Math.floor(random() * 16 ** 8)
      .toString(16)
      .padStart(8, "0");
  return id.slice(0, length - 1) + (Math.floor(random() * 15) + 1).toString(16);
}
