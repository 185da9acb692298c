import type { SentMetric } from "@spanmeter/testing/numbers/definitions";
import { attributes, type Json } from "./envelopes.js";

/** A metric before it is sent: what the wire needs, and what the independent computation reads. */
export interface Metric extends SentMetric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "distribution";
  readonly unit?: string;
  readonly traceId: string;
  readonly spanId?: string;
}

/** The metric as an item of an envelope. */
export const metricItem = (metric: Metric): Json => ({
  timestamp: metric.seconds,
  type: metric.type,
  name: metric.name,
  value: metric.value,
  trace_id: metric.traceId,
  ...(metric.spanId !== undefined && { span_id: metric.spanId }),
  ...(metric.unit !== undefined && { unit: metric.unit }),
  attributes: attributes({
    ...metric.attributes,
    ...(metric.weight !== 1 && { "sentry.client_sample_rate": 1 / metric.weight }),
  }),
});
