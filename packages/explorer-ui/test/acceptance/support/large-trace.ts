import { attributes, type Items, type Json } from "./envelopes.js";

const TRACE = "b".repeat(32);
const spanId = (place: number): string => (place + 1).toString(16).padStart(16, "0");

/** A trace with many spans, each tenth the parent of the next nine, and with metrics in some of them. */
export function largeTrace(
  until: number,
  { spans, metrics }: { spans: number; metrics: number },
): {
  readonly traceId: string;
  readonly items: Items;
  /** Id and name of the span in which the metric with a value was recorded. */
  readonly spanOf: (value: number) => { readonly id: string; readonly name: string };
} {
  const since = until - 60;
  const step = 50 / spans;
  const span = (place: number): Json => ({
    trace_id: TRACE,
    span_id: spanId(place),
    ...(place > 0 && { parent_span_id: spanId(place % 10 === 0 ? 0 : place - (place % 10)) }),
    name: place === 0 ? "GET /everything" : `step ${place}`,
    status: "ok",
    is_segment: place === 0,
    start_timestamp: since + place * step,
    end_timestamp: place === 0 ? until - 1 : since + place * step + step * (10 - (place % 10)),
    attributes: attributes({ "sentry.op": place % 10 === 0 ? "task" : "db" }),
  });
  // Somewhere inside of a task.
  const holder = (value: number): number => Math.floor((value * spans) / metrics) + 3;
  const metric = (value: number): Json => ({
    timestamp: since + holder(value) * step + step / 2,
    type: "distribution",
    name: "step.size",
    unit: "byte",
    value,
    trace_id: TRACE,
    span_id: spanId(holder(value)),
    attributes: attributes({ shard: `s${value % 3}` }),
  });
  return {
    traceId: TRACE,
    items: {
      span: Array.from({ length: spans }, (_, place) => span(place)),
      trace_metric: Array.from({ length: metrics }, (_, value) => metric(value)),
    },
    spanOf: (value) => ({ id: spanId(holder(value)), name: `step ${holder(value)}` }),
  };
}
