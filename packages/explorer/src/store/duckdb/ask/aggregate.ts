import type { SqlValue } from "../../store.js";
import { aggregationSql, isPercentile } from "../../../questions/aggregations.js";
import { addTimeRange, attributeText, createConditions } from "./conditions.js";
import type { MetricIdentity } from "../../../answers/metric-identity.js";
import { rangeSeconds, type TimeRange } from "../../../questions/time-range.js";
import { addWhere } from "../../../questions/attribute-filter.js";

/** Rows of one answer; one more is asked for, to know that there are more. */
export const MAX_ROWS = 10_000;

export interface AggregatePlan {
  metric: MetricIdentity;
  aggregations: string[];
  by: readonly string[];
  where: readonly string[];
  range: TimeRange;
  intervalNs: bigint | undefined;
}

/** The statement: `g0..` are the group keys, `a0..` the aggregations, in the plan's order. */
export function aggregateSql(plan: AggregatePlan): { sql: string; values: readonly SqlValue[] } {
  const conditions = createConditions("kind = 'metric'", "verdict <> 'dropped'");
  const { parameter } = conditions;
  const { metric, aggregations, range, intervalNs } = plan;
  conditions.add(`name = ${parameter(metric.name)}`);
  conditions.add(`type = ${parameter(metric.type)}`);
  conditions.add(`coalesce(unit, 'none') = ${parameter(metric.unit)}`);
  addTimeRange(conditions, range);
  addWhere(conditions, plan.where);
  const groups = plan.by.map((key, index) => `${attributeText(conditions, key)} AS g${index}`);
  const bucket = intervalNs === undefined ? "0" : `timeNs - timeNs % ${intervalNs}`;
  const keys = ["bucket", ...plan.by.map((_, index) => `g${index}`)].join(", ");
  const seconds = intervalNs === undefined ? rangeSeconds(range) : Number(intervalNs) / 1e9;
  const columns = aggregations.map(
    (aggregation, index) =>
      `${aggregationSql(aggregation, metric.type, String(seconds))} AS a${index}`,
  );
  const ranks = aggregations.some(isPercentile) ? `, ${rankColumns(keys)}` : "";
  const sql = `
    WITH chosen AS (
      SELECT ${[`${bucket} AS bucket`, ...groups].join(", ")}, value, weight, timeNs
      FROM items ${conditions.sql()}
    ), ranked AS (SELECT *${ranks} FROM chosen)
    SELECT ${keys}, ${columns.join(", ")}, count(*)::INTEGER AS samples
    FROM ranked GROUP BY ${keys} ORDER BY bucket, a0 DESC NULLS LAST, ${keys} LIMIT ${MAX_ROWS + 1}`;
  return { sql, values: conditions.values };
}

/** For the percentiles: the weight up to each value, and that of the whole group. */
const rankColumns = (keys: string): string => `
  sum(weight) OVER (PARTITION BY ${keys} ORDER BY value ROWS UNBOUNDED PRECEDING) AS reached,
  sum(weight) OVER (PARTITION BY ${keys}) AS total`;
