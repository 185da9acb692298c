import { METRIC } from "../items.mjs";

/** The condition of the items of the metric in the range. The same name with another type or unit is another metric. */
export const metricItems = ({ sinceNs, untilNs }) =>
  `kind = 'metric' AND verdict <> 'dropped' AND name = '${METRIC}' AND type = 'distribution' AND unit = 'millisecond'
   AND timeNs >= ${sinceNs} AND timeNs < ${untilNs}`;

/** The place of an item's bucket of 30 seconds. */
export const bucket = ({ sinceNs }) => `((timeNs - ${sinceNs}) // 30000000000)::INTEGER AS bucket`;

/** Ranks values by their weight, for `p95`. */
export const ranked = (keys, from) =>
  `SELECT *, sum(weight) OVER (PARTITION BY ${keys} ORDER BY value) AS reached,
          sum(weight) OVER (PARTITION BY ${keys}) AS total FROM ${from}`;

/** The least value that 95 % of the weight reach. */
export const P95 = "min(value) FILTER (reached >= 0.95 * total)";

/** The items of a trace that its counts count. */
export const COUNTS = `(count(*) FILTER (kind = 'span'))::INTEGER AS spans,
  (count(*) FILTER (kind = 'error'))::INTEGER AS errors, (count(*) FILTER (kind = 'log'))::INTEGER AS logs`;
