import type { AttributeValue } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";

/** Read by Relay and Snuba as the weight of a metric, 1 / rate (docs/protocol.md#client-sampling). */
export const SAMPLE_RATE = "sentry.client_sample_rate";

/** Whether it is a rate that leaves anything out. */
export const isRate = (rate: unknown): rate is number =>
  typeof rate === "number" && rate > 0 && rate < 1;

/** The share of its siblings that was kept so far; an application may have sampled by itself. */
export function rateOf({ attributes, sharedAttributes }: PendingMetric): number {
  const rate = attributes[SAMPLE_RATE] ?? sharedAttributes[SAMPLE_RATE];
  return isRate(rate) ? rate : 1;
}

/** Copies a metric, with one more attribute that says what it represents. */
export const mark = (
  metric: PendingMetric,
  calls: number,
  key: string,
  value: AttributeValue,
): PendingMetric => ({ ...metric, calls, attributes: { ...metric.attributes, [key]: value } });
