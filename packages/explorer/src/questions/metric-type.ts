import { METRIC_TYPES, type MetricType } from "../model/metric.js";
import { usageError } from "./query-error.js";

/** Reads a metric type. Throws a usage error that lists the valid ones. */
export function readMetricType(text: string): MetricType {
  const type = METRIC_TYPES.find((valid) => valid === text);
  if (type !== undefined) return type;
  throw usageError(`type is "${text}"; valid are ${METRIC_TYPES.join(", ")}`);
}
