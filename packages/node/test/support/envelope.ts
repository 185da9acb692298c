import type { Transport } from "@spanmeter/core";

export type Envelope = Parameters<Transport["send"]>[0];

/** An envelope with one metric and so many bytes of padding. */
export function metricEnvelope(name = "test.metric", padding = 0): Envelope {
  const container = {
    version: 2,
    items: [
      {
        timestamp: Date.now() / 1000,
        trace_id: "1".repeat(32),
        name,
        type: "counter",
        value: 1,
        attributes: { padding: { type: "string", value: "x".repeat(padding) } },
      },
    ],
  };
  const header = {
    type: "trace_metric",
    item_count: 1,
    content_type: "application/vnd.sentry.items.trace-metric+json",
  };
  const head = { sent_at: new Date().toISOString(), sdk: { name: "test", version: "1.0.0" } };
  return [head, [[header, JSON.stringify(container)]]] as unknown as Envelope;
}

/** The options that a client passes to its transport. */
export function transportOptions(origin: string): {
  url: string;
  recordDroppedEvent(): void;
} {
  return {
    url: `${origin}/api/1/envelope/?sentry_version=7&sentry_key=public&sentry_client=test%2F1`,
    recordDroppedEvent: () => {},
  };
}
