import type { Trace } from "../contract/metric.js";
import type { World } from "../engine/engine.js";

/** The ids that a trace source or a scope returned, not checked yet. */
export interface TraceIds {
  readonly traceId: string | undefined;
  readonly spanId?: string | undefined;
}

/** Calls a trace source and returns its trace if that is valid. Never throws. */
export type ReadTrace = <T>(
  source: (argument: T) => TraceIds | null | undefined,
  argument?: T,
) => Trace | undefined;

/** Ids as Relay takes them. An all-zero id is how OpenTelemetry says that there is none. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

export function createReadTrace(world: World, last: Trace): ReadTrace {
  return (source, argument) => {
    try {
      const ids = source(argument as never);
      if (ids) {
        // Many metrics in a row have the same span: its ids are checked when they first appear.
        if (ids.traceId === last.traceId && ids.spanId === last.spanId) return last;
        const traceId = idOf(TRACE_ID, ids.traceId);
        if (traceId) return (last = { traceId, spanId: idOf(SPAN_ID, ids.spanId) });
      }
    } catch (error) {
      world.error("a scope or trace source threw", error);
    }
    return undefined;
  };
}

// The text itself where it is in lower case already, which makes comparing it the next time cheap.
function idOf(grammar: RegExp, id: string | undefined): string | undefined {
  return grammar.exec(id as string)?.[0].toLowerCase();
}
