import {
  AGGREGATIONS,
  isInMetricUnit,
  type Aggregation,
} from "@spanmeter/explorer/model/aggregation";
import type { MetricType } from "@spanmeter/explorer/model/metric";

/** The aggregations of each type when none is chosen. */
const FIRST: Readonly<Record<MetricType, readonly Aggregation[]>> = {
  counter: ["per_minute"],
  gauge: ["avg", "min", "max"],
  distribution: ["p50", "p95"],
};

/** Names of the aggregations for people. */
const NAMES: Partial<Record<Aggregation, string>> = {
  avg: "average",
  per_minute: "per minute",
  per_second: "per second",
};

/** Returns the name of an aggregation for people. */
export const nameOf = (aggregation: string): string =>
  NAMES[aggregation as Aggregation] ?? aggregation;

/** Whether metrics of the type have the aggregation. */
export const isAggregationOf = (type: MetricType, text: string): text is Aggregation =>
  AGGREGATIONS[type].some((each) => each === text);

/** Returns the aggregations of a chart: those that were chosen, or those that suit the type. With groups only the first. */
export function shownAggregations(
  type: MetricType,
  chosen: readonly string[],
  isGrouped: boolean,
): readonly Aggregation[] {
  const valid = chosen.filter((each) => isAggregationOf(type, each));
  if (valid.length > 0) return valid;
  const first = FIRST[type];
  return isGrouped ? first.slice(-1) : first;
}

/** Whether the values of an aggregation stand on the axis of single items. */
export const isOnItemScale = (aggregation: Aggregation, type: MetricType): boolean =>
  isInMetricUnit(aggregation, type) && type !== "counter" && aggregation !== "sum";

/** Returns the unit of an aggregation's values. */
export const unitOf = (aggregation: Aggregation, type: MetricType, unit: string): string =>
  isInMetricUnit(aggregation, type) ? unit : "none";
