/** Envelopes written by hand, so that the tests compare the explorer with the protocol and not with itself. */
export const TRACE_ID = "0123456789abcdef0123456789abcdef";
export const SPAN_ID = "0123456789abcdef";

export const METRIC_TYPE = "application/vnd.sentry.items.trace-metric+json";
export const SPAN_TYPE = "application/vnd.sentry.items.span.v2+json";
export const LOG_TYPE = "application/vnd.sentry.items.log+json";

export type Json = Record<string, unknown>;

export const nowSeconds = (): number => Date.now() / 1000;

export const text = (value: string): Json => ({ value, type: "string" });

/** A metric with every field right; `over` replaces fields, `undefined` removes them. */
export const metric = (over: Json = {}): Json => ({
  timestamp: nowSeconds(),
  type: "counter",
  name: "checkout.started",
  value: 1,
  trace_id: TRACE_ID,
  ...over,
});

export interface ItemText {
  header: Json;
  payload: string;
}

export const container = (type: string, contentType: string, items: unknown[]): ItemText => ({
  header: { type, item_count: items.length, content_type: contentType },
  payload: JSON.stringify({ version: 2, items }),
});

export const metrics = (items: unknown[], header: Json = {}): ItemText => {
  const item = container("trace_metric", METRIC_TYPE, items);
  return { ...item, header: { ...item.header, ...header } };
};

export function envelope(items: ItemText[], header: Json = {}): string {
  const lines = items.flatMap((item) => [JSON.stringify(item.header), item.payload]);
  return [JSON.stringify(header), ...lines].join("\n");
}

export const metricEnvelope = (...items: unknown[]): string => envelope([metrics(items)]);
