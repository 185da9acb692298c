import type { Aggregation } from "../../../model/aggregation.js";
import { isPercentile } from "../../../model/aggregation.js";
import type { TimeRange } from "../../../questions/time-range.js";
import { rangeSeconds } from "../../../questions/time-range.js";
import { coveredSeconds, type Grid } from "../../../questions/series/interval.js";
import type {
  CourseQuestion,
  GroupKey,
  GroupQuestion,
  SeriesRow,
  StoreQuestions,
} from "../../store.js";
import { aggregationSql } from "./aggregation-sql.js";
import {
  ACCEPTED_METRIC,
  addTimeRange,
  attributeText,
  createConditions,
  type Conditions,
} from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import type { Select, SqlRecord } from "./select.js";

/** Creates the functions that answer questions about a metric over time. */
export const createSeriesQuestions = (
  select: Select,
): Pick<StoreQuestions, "rankGroups" | "series"> => ({
  async rankGroups(question) {
    const { metric, range, sort, top, offset = 0 } = question;
    const conditions = createConditions(ACCEPTED_METRIC);
    const keys = keysOf(question.by);
    const chosen = chosenSql(conditions, question, "0");
    const aggregation = aggregationSql(sort.aggregation, {
      type: metric.type,
      seconds: String(rangeSeconds(range)),
    });
    const order = `a ${sort.isDescending ? "DESC" : "ASC"} NULLS LAST, ${keys}`;
    const records = await select(
      `WITH chosen AS (${chosen}), ranked AS (SELECT *${ranks([sort.aggregation], keys)} FROM chosen),
       grouped AS (SELECT ${keys}, ${aggregation} AS a FROM ranked GROUP BY ${keys})
       SELECT ${keys}, (count(*) OVER ())::INTEGER AS total FROM grouped ORDER BY ${order} LIMIT ${top} OFFSET ${offset}`,
      conditions.values,
    );
    return {
      groups: records.map((record) => groupOf(question.by, record)),
      total: (records[0]?.["total"] as number | undefined) ?? 0,
    };
  },

  async series(question, groups) {
    const { aggregations, by, grid } = question;
    const conditions = createConditions(ACCEPTED_METRIC);
    const chosen = chosenSql(conditions, question, bucketSql(grid));
    const labelled = labelledSql(conditions, by, groups);
    const columns = columnsSql(question);
    const records = await select(
      `WITH chosen AS (${chosen}), labelled AS (${labelled}),
       buckets AS (SELECT *${ranks(aggregations, "series, bucket")} FROM labelled),
       whole AS (SELECT *${ranks(aggregations, "series")} FROM labelled)
       SELECT series, bucket, ${columns.bucket} FROM buckets GROUP BY series, bucket
       UNION ALL
       SELECT series, NULL, ${columns.whole} FROM whole GROUP BY series`,
      conditions.values,
    );
    return records.map((record) => rowOf(aggregations, record));
  },
});

/** The columns `a0`, `a1`, ... of the aggregations with the counts, of a bucket and of the whole range. */
export function columnsSql({ aggregations, grid, metric, range }: CourseQuestion): {
  bucket: string;
  whole: string;
} {
  const columns = (seconds: string): string =>
    [
      ...aggregations.map(
        (each, index) => `${aggregationSql(each, { type: metric.type, seconds })} AS a${index}`,
      ),
      "count(*)::INTEGER AS samples, sum(weight) AS weight",
    ].join(", ");
  return { bucket: columns(secondsSql(grid, range)), whole: columns(String(rangeSeconds(range))) };
}

/** The place of an item's bucket. */
export const bucketSql = (grid: Grid): string =>
  `((timeNs - ${grid.firstNs}) // ${grid.intervalNs})::INTEGER`;

/** The items of the metric in the range, with their bucket and the text of their keys `g0`, `g1`, ... */
export function chosenSql(
  conditions: Conditions,
  { metric, by, filters, range, upToSeq }: GroupQuestion,
  bucket: string,
  more: readonly string[] = [],
): string {
  const { add, parameter } = conditions;
  const keys = by.map((key, index) => `${attributeText(conditions, key)} AS g${index}`);
  add(`name = ${parameter(metric.name)}`);
  add(`type = ${parameter(metric.type)}`);
  add(`coalesce(unit, 'none') = ${parameter(metric.unit)}`);
  if (upToSeq !== undefined) add(`seq <= ${parameter(upToSeq)}`);
  addTimeRange(conditions, range);
  addFilters(conditions, filters);
  return `SELECT ${[`${bucket} AS bucket`, ...keys, ...more].join(", ")}, value, weight, timeNs FROM items ${conditions.sql()}`;
}

/** Adds the number of its group to each item: -1 for those of no chosen group. */
export function labelledSql(
  conditions: Conditions,
  by: readonly string[],
  groups: readonly GroupKey[],
): string {
  if (by.length === 0) return "SELECT *, 0 AS series FROM chosen";
  if (groups.length === 0) return "SELECT *, -1 AS series FROM chosen";
  const rows = groups.map(
    (group, index) =>
      `(${[...group.map((value) => conditions.parameter(value)), index].join(", ")})`,
  );
  const names = [...by.map((_, index) => `k${index}`), "place"].join(", ");
  const same = by.map((_, index) => `g${index} IS NOT DISTINCT FROM k${index}`).join(" AND ");
  return `SELECT chosen.*, coalesce(place, -1) AS series
          FROM chosen LEFT JOIN (VALUES ${rows.join(", ")}) AS groups(${names}) ON ${same}`;
}

/** The seconds of a bucket that the range covers. */
function secondsSql(grid: Grid, range: TimeRange): string {
  const last = grid.buckets - 1;
  const whole = Number(grid.intervalNs) / 1e9;
  return `(CASE bucket WHEN 0 THEN ${coveredSeconds(grid, range, 0)} WHEN ${last} THEN ${coveredSeconds(grid, range, last)} ELSE ${whole} END)`;
}

/** The columns that percentiles need: the weight up to each value, and the weight of its group. */
export const ranks = (aggregations: readonly Aggregation[], keys: string): string =>
  aggregations.some(isPercentile)
    ? `, sum(weight) OVER (PARTITION BY ${keys} ORDER BY value ROWS UNBOUNDED PRECEDING) AS reached,
       sum(weight) OVER (PARTITION BY ${keys}) AS total`
    : "";

/** The columns of the keys. */
export const keysOf = (by: readonly string[]): string =>
  by.length === 0 ? "bucket" : by.map((_, index) => `g${index}`).join(", ");

/** The group of a record with these columns. */
export const groupOf = (by: readonly string[], record: SqlRecord): GroupKey =>
  by.map((_, index) => record[`g${index}`] as string | null);

/** The row of a record with the columns of `columnsSql`. */
export const rowOf = (aggregations: readonly Aggregation[], record: SqlRecord): SeriesRow => ({
  series: record["series"] as number,
  bucket: record["bucket"] as number | null,
  values: aggregations.map((_, index) => record[`a${index}`] as number),
  samples: record["samples"] as number,
  weight: record["weight"] as number,
});
