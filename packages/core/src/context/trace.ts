import type { Engine } from "../contract/engine.js";
import type { Trace, TraceIds } from "../contract/metric.js";

/** Calls a trace source and returns its trace if that is valid. Never throws. */
export type ReadTrace = <T>(
  source: (argument: T) => TraceIds | null | undefined,
  argument?: T,
) => Trace | undefined;

/** Ids as Relay takes them. An all-zero id is how OpenTelemetry says that there is none. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

/** Makes a reader that remembers valid traces, `last` at first. */
export function createReadTrace(engine: Engine, last: Trace): ReadTrace {
  /** By the objects that the sources return: those of a span are mostly the same object. */
  const checked = new WeakMap<object, Trace>();

  function check(ids: TraceIds): Trace | undefined {
    const known = checked.get(ids);
    if (known && isSame(ids, known)) return known;
    const traceId = idOf(TRACE_ID, ids.traceId);
    if (!traceId) return undefined;
    const trace = { traceId, spanId: idOf(SPAN_ID, ids.spanId) };
    checked.set(ids, trace);
    return trace;
  }

  return function readTrace(source, argument) {
    try {
      const ids = source(argument as never);
      if (ids) {
        // Many metrics in a row have the same span: its ids are checked when they first appear.
        if (isSame(ids, last)) return last;
        const trace = check(ids);
        if (trace) return (last = trace);
      }
    } catch (error) {
      engine.error("a scope or trace source threw", error);
    }
    return undefined;
  };
}

const isSame = (a: TraceIds, b: TraceIds): boolean =>
  a.traceId === b.traceId && a.spanId === b.spanId;

// The text itself where it is in lower case already, which makes comparing it the next time cheap.
function idOf(grammar: RegExp, id: string | undefined): string | undefined {
  return grammar.exec(id as string)?.[0].toLowerCase();
}
