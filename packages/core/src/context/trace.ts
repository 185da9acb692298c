import type { MetricOptions, Trace, TraceSource } from "../metric.js";
import type { World } from "../world.js";
import { scopeTrace } from "./sentry.js";

/**
 * Finds the trace of a call: its own options, then `known` if there is one, then the sources in order,
 * then the fallback.
 */
export type FindTrace = (options: MetricOptions, known?: Trace) => Trace;

/** Ids as Relay takes them. An all-zero id is how OpenTelemetry says that there is none. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

export function createFindTrace(world: World, fallback: Trace): FindTrace {
  const sources = world.settings.traceSources ?? world.traceSources();
  // A span is asked for many metrics in a row: its ids are checked when they first appear.
  let last = fallback;

  function ask(source: TraceSource): Trace | undefined {
    try {
      const found = source();
      if (!found) return undefined;
      const { traceId, spanId = "" } = found;
      if (traceId === last.traceId && spanId === (last.spanId ?? "")) return last;
      if (!TRACE_ID.test(traceId)) return undefined;
      last = { traceId: traceId.toLowerCase() };
      if (SPAN_ID.test(spanId)) last = { ...last, spanId: spanId.toLowerCase() };
      return last;
    } catch (error) {
      world.error("trace source threw", error);
      return undefined;
    }
  }

  return ({ trace, scope }, known) => {
    let found = trace ? ask(() => trace) : undefined;
    if (__DEV__ && trace && !found)
      world.warn(
        "trace",
        'The "trace" option needs a traceId of 32 hex digits, and a spanId of 16 if any; the active trace was used.',
      );
    if (!found && scope) found = ask(() => scopeTrace(scope));
    found ??= known;
    for (let i = 0; !found && i < sources.length; i++) found = ask(sources[i] as TraceSource);
    return found ?? fallback;
  };
}

/** A random id of `length` lower-case hex digits. The first one is fixed, so that not all are zero. */
export function randomHex(length: number, random: () => number): string {
  let id = "f";
  while (id.length < length) id += Math.floor(random() * 16).toString(16);
  return id;
}
