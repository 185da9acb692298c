import type { AttributeValue } from "../contract/metric.js";
import type { Waiting } from "../contract/pending-metric.js";

/** Read by Relay and Snuba as the weight of a metric, 1 / rate (wire.md 3.8). */
export const SAMPLE_RATE = "sentry.client_sample_rate";

/** Whether it is a rate that leaves anything out. */
export const isRate = (rate: unknown): rate is number =>
  typeof rate === "number" && rate > 0 && rate < 1;

/** The share of its siblings that was kept so far; an application may have sampled by itself. */
export function rateOf({ attributes, base }: Waiting): number {
  const rate = attributes[SAMPLE_RATE] ?? base[SAMPLE_RATE];
  return isRate(rate) ? rate : 1;
}

/** The same metric, saying by one more attribute what it stands for. */
export const mark = (
  metric: Waiting,
  calls: number,
  key: string,
  value: AttributeValue,
): Waiting => ({ ...metric, calls, attributes: { ...metric.attributes, [key]: value } });
