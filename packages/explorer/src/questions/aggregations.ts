import { usageError } from "./query-error.js";

export type MetricType = "counter" | "gauge" | "distribution";

const TYPES: readonly string[] = ["counter", "gauge", "distribution"] satisfies MetricType[];

/** The asked type, or a usage error that lists them. */
export function requireType(type: string): string {
  if (TYPES.includes(type)) return type;
  throw usageError(`type is "${type}"; valid are ${TYPES.join(", ")}`);
}

const RATES = ["per_second", "per_minute"];
const PERCENTILES = ["p50", "p75", "p90", "p95", "p99"];

/** What Sentry offers for each type, and `last` for gauges. */
const AGGREGATIONS: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ["sum", ...RATES],
  gauge: ["avg", "min", "max", "last", ...RATES],
  distribution: [...PERCENTILES, "avg", "sum", "min", "max", "count", ...RATES],
};

const DEFAULTS: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ["sum", "per_minute"],
  gauge: ["avg", "min", "max"],
  distribution: ["count", "avg", "p50", "p95", "p99"],
};

/** The asked aggregations, or those that suit the type. */
export function readAggregations(type: MetricType, asked: readonly string[] = []): string[] {
  const valid = AGGREGATIONS[type];
  const unknown = asked.find((aggregation) => !valid.includes(aggregation));
  if (unknown === undefined) return asked.length > 0 ? [...new Set(asked)] : [...DEFAULTS[type]];
  throw usageError(`"${unknown}" is no aggregation of a ${type}; valid are ${valid.join(", ")}`);
}

// A sum of doubles can leave their range while it is added up, and come back: then all of it is added up at a 2^64th of
// its size. An infinite result after that is one that a double cannot hold.
const SCALE = "18446744073709551616.0";
const PLAIN_SUM = "fsum(value * weight)";
const SCALED_SUM = `fsum(value / ${SCALE} * weight)`;
const SUM = `(CASE WHEN isfinite(${PLAIN_SUM}) THEN ${PLAIN_SUM} ELSE ${SCALED_SUM} * ${SCALE} END)`;
const AVERAGE =
  `(CASE WHEN isfinite(${PLAIN_SUM}) THEN ${PLAIN_SUM} / sum(weight) ` +
  `ELSE ${SCALED_SUM} / sum(weight) * ${SCALE} END)`;
const COUNT = "round(sum(weight))";

const PLAIN: Readonly<Record<string, string>> = {
  sum: SUM,
  count: COUNT,
  avg: AVERAGE,
  min: "min(value)",
  max: "max(value)",
  last: "arg_max(value, timeNs)",
};

/**
 * The SQL of one aggregation. Sums, counts, means and percentiles count each value `weight` times, as Sentry does
 * with `sentry.client_sample_rate`; minimum and maximum are what was seen. A rate is of values for a counter, of
 * events for the others. `seconds` is the SQL of the time they are spread over.
 */
export function aggregationSql(aggregation: string, type: MetricType, seconds: string): string {
  if (aggregation === "per_second") return rateSql(type, seconds, 1);
  if (aggregation === "per_minute") return rateSql(type, seconds, 60);
  if (isPercentile(aggregation)) return percentileSql(Number(aggregation.slice(1)) / 100);
  const sql = PLAIN[aggregation];
  if (sql === undefined) throw new Error(`No SQL for ${aggregation}`);
  return sql;
}

function rateSql(type: MetricType, seconds: string, times: number): string {
  if (type !== "counter") return `sum(weight) * ${times} / ${seconds}`;
  const plain = `${PLAIN_SUM} * ${times}`;
  const scaled = `${SCALED_SUM} * ${times} / ${seconds} * ${SCALE}`;
  return `(CASE WHEN isfinite(${plain}) THEN ${plain} / ${seconds} ELSE ${scaled} END)`;
}

export const isPercentile = (aggregation: string): boolean => PERCENTILES.includes(aggregation);

/**
 * Nearest rank: the smallest recorded value at or below which lies at least the share `q` of the weight. Exact, and
 * always a value that really occurred. The tolerance absorbs the rounding of summed weights.
 */
const percentileSql = (q: number): string =>
  `min(value) FILTER (WHERE reached >= ${q} * total * (1 - 1e-9))`;
