import type { MetricType } from "./metric.js";

/** The percentiles that can be asked for. */
export const PERCENTILES = ["p50", "p75", "p90", "p95", "p99"] as const;

/** Name of a percentile. */
export type Percentile = (typeof PERCENTILES)[number];

/** Name of an aggregation. */
export type Aggregation =
  | Percentile
  | "avg"
  | "count"
  | "last"
  | "max"
  | "min"
  | "per_minute"
  | "per_second"
  | "sum";

const RATES: readonly Aggregation[] = ["per_second", "per_minute"];

/** The aggregations of each metric type: those that Sentry offers, and `last` for gauges. */
export const AGGREGATIONS: Readonly<Record<MetricType, readonly Aggregation[]>> = {
  counter: ["sum", ...RATES],
  gauge: ["avg", "min", "max", "last", ...RATES],
  distribution: [...PERCENTILES, "avg", "sum", "min", "max", "count", ...RATES],
};

/** The aggregations of each metric type that are returned when none is asked for. */
export const DEFAULT_AGGREGATIONS: Readonly<Record<MetricType, readonly Aggregation[]>> = {
  counter: ["sum", "per_minute"],
  gauge: ["avg", "min", "max"],
  distribution: ["count", "avg", "p50", "p95", "p99"],
};

/** Returns whether an aggregation is a percentile. */
export const isPercentile = (aggregation: Aggregation): aggregation is Percentile =>
  PERCENTILES.some((percentile) => percentile === aggregation);

/** Returns whether the values of an aggregation are in the unit of the metric. Counts are not, nor are rates of events. */
export const isInMetricUnit = (aggregation: Aggregation, type: MetricType): boolean =>
  aggregation !== "count" && (type === "counter" || !RATES.includes(aggregation));
