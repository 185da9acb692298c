import type { Trace } from "../metric.js";
import type { World } from "../world.js";

/** What others may answer. */
export interface Answer {
  readonly traceId: string | undefined;
  readonly spanId?: string | undefined;
}

/** Asks others' code, and answers with a trace if it did. Never throws. */
export type Ask = <T>(
  other: (given: T) => Answer | null | undefined | void,
  given?: T,
) => Trace | undefined;

/** Ids as Relay takes them. An all-zero id is how OpenTelemetry says that there is none. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

export function createAsk(world: World, last: Trace): Ask {
  return (other, given) => {
    try {
      const answer = other(given as never);
      if (answer) {
        // A span is asked for many metrics in a row: its ids are checked when they first appear.
        if (answer.traceId === last.traceId && answer.spanId === last.spanId) return last;
        const traceId = idOf(TRACE_ID, answer.traceId);
        if (traceId) return (last = { traceId, spanId: idOf(SPAN_ID, answer.spanId) });
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

/** A random trace id. Its first digit is fixed, so that not all are zero. */
export function randomTraceId(random: () => number): string {
  let id = "f";
  while (id.length < 32) id += Math.floor(random() * 16).toString(16);
  return id;
}
