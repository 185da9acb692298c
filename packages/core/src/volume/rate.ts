import type { AttributeMap, AttributeValue } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import { makeSeries } from "../engine/series.js";
import { changeMetric } from "../engine/waiting-metric.js";

/** Read by Relay and Snuba as the weight of a metric, 1 / rate (docs/protocol.md#client-sampling). */
export const SAMPLE_RATE = "sentry.client_sample_rate";

/** Whether it is a rate that leaves anything out. */
export const isRate = (rate: unknown): rate is number =>
  typeof rate === "number" && rate > 0 && rate < 1;

/** The share of its siblings that was kept so far; an application may have sampled by itself. */
export function rateOf(attributes: AttributeMap, sharedAttributes: AttributeMap): number {
  const rate = attributes[SAMPLE_RATE] ?? sharedAttributes[SAMPLE_RATE];
  return isRate(rate) ? rate : 1;
}

/** Copies a metric, with one more attribute that says what it represents. */
export const withAttribute = (
  metric: PendingMetric,
  calls: number,
  key: string,
  value: AttributeValue,
): PendingMetric =>
  changeMetric(metric, {
    calls,
    series: makeSeries(metric.series.instrument, { ...metric.series.attributes, [key]: value }),
  });

/** Snuba rounds rates to six digits (docs/protocol.md#client-sampling). */
const RATE_STEP = 1e-6;

/**
 * The rates of `sampled` calls that stand for `others`, as nearly equal as rates of six digits can be: each one makes
 * good what the ones before it were rounded by, so that the weights add up to `others`.
 */
export function splitRates(sampled: number, others: number): number[] {
  let left = others;
  return Array.from({ length: sampled }, (_, i) => {
    const rate = Math.max(1, Math.round((sampled - i) / left / RATE_STEP)) / 1e6;
    left -= 1 / rate;
    return rate;
  });
}

/** The series of calls of which a share was kept, by a rate of their own and that of the application. */
export function rateSeries(series: Series, sharedAttributes: AttributeMap, rate: number): Series {
  const attributes = {
    ...series.attributes,
    [SAMPLE_RATE]: rate * rateOf(series.attributes, sharedAttributes),
  };
  return makeSeries(series.instrument, attributes);
}
