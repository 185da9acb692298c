import { isPercentile, type Aggregation, type Percentile } from "../../../model/aggregation.js";
import type { MetricType } from "../../../model/metric.js";

// A sum of doubles can exceed their range while it is added up, although its result does not. In that case the values
// are divided by 2^64, added up, and multiplied again. If the result is still infinite, a double cannot hold it.
const SCALE = "18446744073709551616.0";
const PLAIN_SUM = "fsum(value * weight)";
const SCALED_SUM = `fsum(value / ${SCALE} * weight)`;
const SUM = `(CASE WHEN isfinite(${PLAIN_SUM}) THEN ${PLAIN_SUM} ELSE ${SCALED_SUM} * ${SCALE} END)`;
const AVERAGE =
  `(CASE WHEN isfinite(${PLAIN_SUM}) THEN ${PLAIN_SUM} / sum(weight) ` +
  `ELSE ${SCALED_SUM} / sum(weight) * ${SCALE} END)`;

/** The type of the metric, and the SQL of the seconds over which a rate is spread. */
interface Spread {
  type: MetricType;
  seconds: string;
}

const SQL: Readonly<Record<Exclude<Aggregation, Percentile>, (spread: Spread) => string>> = {
  sum: () => SUM,
  count: () => "round(sum(weight))",
  avg: () => AVERAGE,
  min: () => "min(value)",
  max: () => "max(value)",
  last: () => "arg_max(value, timeNs)",
  per_second: (spread) => rateSql(spread, 1),
  per_minute: (spread) => rateSql(spread, 60),
};

/**
 * Returns the SQL of one aggregation. Sums, counts, averages and percentiles count each value `weight` times, as Sentry
 * does with `sentry.client_sample_rate`; `min`, `max` and `last` are values that were received. A rate is of the sum
 * for counters, and of events for the others.
 */
export function aggregationSql(aggregation: Aggregation, spread: Spread): string {
  return isPercentile(aggregation) ? percentileSql(aggregation) : SQL[aggregation](spread);
}

function rateSql({ type, seconds }: Spread, perSeconds: number): string {
  if (type !== "counter") return `sum(weight) * ${perSeconds} / ${seconds}`;
  const plain = `${PLAIN_SUM} * ${perSeconds}`;
  const scaled = `${SCALED_SUM} * ${perSeconds} / ${seconds} * ${SCALE}`;
  return `(CASE WHEN isfinite(${plain}) THEN ${plain} / ${seconds} ELSE ${scaled} END)`;
}

/**
 * Nearest rank: the smallest received value at or below which at least this share of the weight lies. It is exact, and
 * always a value that was received. The tolerance absorbs the rounding of summed weights. `reached` is the weight up to
 * each value, `total` the weight of its group.
 */
function percentileSql(percentile: Percentile): string {
  const share = Number(percentile.slice(1)) / 100;
  return `min(value) FILTER (WHERE reached >= ${share} * total * (1 - 1e-9))`;
}
