import { isPercentile } from "../../../model/aggregation.js";
import type { AggregateQuestion } from "../../../questions/aggregate-question.js";
import { rangeSeconds } from "../../../questions/time-range.js";
import type { StoredAggregateRow, StoreQuestions } from "../../store.js";
import { aggregationSql } from "./aggregation-sql.js";
import { ACCEPTED_METRIC, addTimeRange, attributeText, createConditions } from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select, SqlRecord, SqlValue } from "./select.js";

interface Statement {
  sql: string;
  values: readonly SqlValue[];
}

/** Creates the function that answers an `AggregateQuestion`. */
export const createAggregate = (select: Select): StoreQuestions["aggregate"] =>
  async function aggregate(question) {
    const { sql, values } = aggregateStatement(question);
    const records = await select(sql, values);
    return {
      rows: records.slice(0, question.limit).map((record) => rowOf(question, record)),
      truncated: records.length > question.limit,
    };
  };

/** The group keys are the columns `g0`, `g1`, ..., the aggregations `a0`, `a1`, ..., in the order of the question. */
function aggregateStatement(question: AggregateQuestion): Statement {
  const { aggregations, by, intervalNs, limit, metric, range } = question;
  const conditions = conditionsOf(question);
  const groups = by.map((key, index) => `${attributeText(conditions, key)} AS g${index}`);
  const bucket = intervalNs === undefined ? "0" : `timeNs - timeNs % ${intervalNs}`;
  const keys = ["bucket", ...by.map((_, index) => `g${index}`)].join(", ");
  const seconds = intervalNs === undefined ? rangeSeconds(range) : Number(intervalNs) / 1e9;
  const spread = { type: metric.type, seconds: String(seconds) };
  const columns = aggregations.map(
    (aggregation, index) => `${aggregationSql(aggregation, spread)} AS a${index}`,
  );
  const ranks = aggregations.some(isPercentile) ? `, ${rankColumns(keys)}` : "";
  const sql = `
    WITH chosen AS (
      SELECT ${[`${bucket} AS bucket`, ...groups].join(", ")}, value, weight, timeNs
      FROM items ${conditions.sql()}
    ), ranked AS (SELECT *${ranks} FROM chosen)
    SELECT ${keys}, ${columns.join(", ")}, count(*)::INTEGER AS samples
    FROM ranked GROUP BY ${keys} ORDER BY bucket, a0 DESC NULLS LAST, ${keys} LIMIT ${limit + 1}`;
  return { sql, values: conditions.values };
}

function conditionsOf({ metric, range, filters }: AggregateQuestion) {
  const conditions = createConditions(ACCEPTED_METRIC);
  conditions.add(`name = ${conditions.parameter(metric.name)}`);
  conditions.add(`type = ${conditions.parameter(metric.type)}`);
  conditions.add(`coalesce(unit, 'none') = ${conditions.parameter(metric.unit)}`);
  addTimeRange(conditions, range);
  addFilters(conditions, filters);
  return conditions;
}

/** The columns that percentiles need: the weight up to each value, and the weight of its group. */
const rankColumns = (keys: string): string => `
  sum(weight) OVER (PARTITION BY ${keys} ORDER BY value ROWS UNBOUNDED PRECEDING) AS reached,
  sum(weight) OVER (PARTITION BY ${keys}) AS total`;

function rowOf({ by, aggregations }: AggregateQuestion, record: SqlRecord): StoredAggregateRow {
  return {
    groupValues: by.map((_, index) => record[`g${index}`] as string | null),
    bucketNs: BigInt(record["bucket"] as bigint | number),
    values: aggregations.map((_, index) => record[`a${index}`] as number),
    samples: record["samples"] as number,
  };
}
