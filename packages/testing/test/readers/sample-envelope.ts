/** A metric in its wire format; `undefined` removes a field. */
export const metricOf = (changes: object = {}): object => ({
  timestamp: 1767225600.25,
  trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  span_id: "00f067aa0ba902b7",
  name: "checkout.started",
  type: "counter",
  unit: "none",
  value: 1,
  attributes: { route: { type: "string", value: "/cart" } },
  ...changes,
});

export const CONTENT_TYPE = "application/vnd.sentry.items.trace-metric+json";

/** Envelope headers; `undefined` removes a field. */
export const headersOf = (changes: object = {}): object => ({
  sent_at: "2026-01-01T00:00:01.000Z",
  sdk: { name: "spanmeter.javascript.fake", version: "0.1.0" },
  ...changes,
});

/** The text of an envelope with one container. */
export const envelopeOf = (
  metrics: readonly object[],
  headers: object = {},
  item: object = {},
  container: object = {},
): string =>
  [
    headersOf(headers),
    { type: "trace_metric", item_count: metrics.length, content_type: CONTENT_TYPE, ...item },
    { version: 2, items: metrics, ...container },
  ]
    .map((part) => JSON.stringify(part))
    .join("\n");

/** The text of an envelope with one client report. */
export const reportOf = (report: unknown): string =>
  [headersOf(), { type: "client_report" }, report].map((part) => JSON.stringify(part)).join("\n");
