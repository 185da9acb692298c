import { isoTime } from "../model/iso-time.js";
import type { TraceList, TraceRoot, TraceSummary } from "../model/trace-list.js";
import { writeTraceCursor, type TraceOrder } from "../questions/trace-order.js";
import { readTraceQuestion, type TraceListOptions } from "../questions/trace-question.js";
import type { Store } from "../store/store.js";
import type { StoredTrace } from "../store/stored-trace.js";
import { findMetric } from "./metric-identity.js";

/** Returns traces in numbers. Rejects with a `QueryError` for a metric that is not known. */
export async function traceList(
  store: Store,
  { options, nowNs }: { options: TraceListOptions; nowNs: bigint },
): Promise<TraceList> {
  const metric =
    options.metric === undefined ? undefined : await findMetric(store, options.metric, options);
  const question = readTraceQuestion(options, { metric, lastSeq: store.lastSeq(), nowNs });
  const { order, upToSeq, limit } = question;
  const found = await store.traces({ ...question, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    ...(metric && { metric }),
    traces: page.map(present),
    ...(last && {
      next: writeTraceCursor(order, { key: keyOf(order, last), traceId: last.traceId, upToSeq }),
    }),
  };
}

/** Creates the root of a trace from the columns of its span. */
export const rootOf = (op: string | null | undefined, name: string): TraceRoot => ({
  ...(op != null && { op }),
  name,
});

function present(stored: StoredTrace): TraceSummary {
  const { traceId, op, name, startNs, durationNs, spans, errors, logs, metrics, value } = stored;
  return {
    traceId,
    ...(name !== null && { root: rootOf(op, name) }),
    start: isoTime(startNs),
    durationMs: Number(durationNs) / 1e6,
    spans,
    errors,
    logs,
    metrics,
    ...(value !== null && { value }),
  };
}

function keyOf({ by }: TraceOrder, trace: StoredTrace): bigint {
  if (by === "time") return trace.startNs;
  return by === "duration" ? trace.durationNs : BigInt(trace[by]);
}
