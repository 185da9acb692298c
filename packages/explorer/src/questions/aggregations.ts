import { AGGREGATIONS, DEFAULT_AGGREGATIONS, type Aggregation } from "../model/aggregation.js";
import type { MetricType } from "../model/metric.js";
import { usageError } from "./query-error.js";

/**
 * Reads names of aggregations; without any, returns the default ones of the metric type. Throws a usage error for
 * an aggregation that the metric type does not have.
 */
export function readAggregations(type: MetricType, names: readonly string[] = []): Aggregation[] {
  const valid: readonly Aggregation[] = AGGREGATIONS[type];
  if (names.length === 0) return [...DEFAULT_AGGREGATIONS[type]];
  return [...new Set(names)].map((name) => {
    const aggregation = valid.find((known) => known === name);
    if (aggregation !== undefined) return aggregation;
    throw usageError(`"${name}" is not an aggregation of a ${type}; valid are ${valid.join(", ")}`);
  });
}
