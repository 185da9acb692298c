import { isoTime } from "../../../model/iso-time.js";
import type { MetricSummary } from "../../../model/metric.js";
import type { MetricListQuestion } from "../../../questions/lists/metric-list-question.js";
import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC, addTimeRange, createConditions } from "./conditions.js";
import type { Select } from "./select.js";

/** Creates the functions that answer questions about all metrics. */
export const createMetricListQuestions = (
  select: Select,
): Pick<StoreQuestions, "listMetrics" | "oldestMetricNs"> => ({
  async listMetrics(question) {
    const conditions = createConditions("kind = 'metric'");
    addTimeRange(conditions, question.range);
    if (question.part !== "")
      conditions.add(`contains(lower(name), lower(${conditions.parameter(question.part)}))`);
    const records = await select<MetricRecord>(
      statement(question, conditions.sql()),
      conditions.values,
    );
    return {
      metrics: records.map((record) => summaryOf(record, question.spark.buckets)),
      total: records[0]?.total ?? 0,
    };
  },

  async oldestMetricNs() {
    const [record] = await select<{ oldest: bigint | null }>(
      "SELECT min(timeNs) AS oldest FROM items WHERE kind = 'metric'",
    );
    return record?.oldest ?? undefined;
  },
});

const METRIC = "name, type, coalesce(unit, 'none') AS unit";
const COLUMNS = { name: "name", count: "count", bytes: "bytes", lastSeen: "lastNs" } as const;

/** Dropped metrics are counted by name, because their type and unit may be missing. */
function statement({ range, sort, spark, limit }: MetricListQuestion, where: string): string {
  const bucket = `least((timeNs - ${range.sinceNs}) // ${spark.intervalNs}, ${spark.buckets - 1})`;
  const course =
    spark.buckets === 0
      ? "SELECT name, type, unit, NULL AS buckets, NULL AS calls FROM counted LIMIT 0"
      : `SELECT name, type, unit, list(bucket::INTEGER) AS buckets, list(calls) AS calls FROM (
           SELECT ${METRIC}, ${bucket} AS bucket, sum(weight) AS calls FROM accepted GROUP BY ALL
         ) GROUP BY name, type, unit`;
  return `
    WITH chosen AS (
      SELECT name, type, unit, verdict, value, weight, timeNs, bytes, attributes FROM items ${where}
    ),
    accepted AS (SELECT * FROM chosen WHERE verdict <> 'dropped'),
    droppedNames AS (
      SELECT name, count(*)::INTEGER AS dropped, min(timeNs) AS firstDroppedNs, max(timeNs) AS lastDroppedNs
      FROM chosen WHERE verdict = 'dropped' GROUP BY name
    ), counted AS (
      SELECT ${METRIC}, count(*)::INTEGER AS samples, round(sum(weight)) AS count,
             (count(*) FILTER (WHERE verdict = 'changed'))::INTEGER AS changed,
             min(timeNs) AS firstNs, max(timeNs) AS lastNs,
             arg_max(value, timeNs) AS lastValue, sum(bytes) AS bytes
      FROM accepted GROUP BY ALL
    ), keyLists AS (SELECT DISTINCT ${METRIC}, json_keys(attributes) AS keys FROM accepted),
    keyCounts AS (
      SELECT name, type, unit, count(DISTINCT key)::INTEGER AS keys
      FROM (SELECT name, type, unit, unnest(keys) AS key FROM keyLists) GROUP BY name, type, unit
    ), courses AS (${course}),
    colliding AS (
      SELECT name FROM (SELECT DISTINCT ${METRIC} FROM items WHERE ${ACCEPTED_METRIC})
      GROUP BY name HAVING count(*) > 1
    ), listed AS (
      SELECT name, type, unit, coalesce(samples, 0) AS samples, coalesce(count, 0) AS count,
             coalesce(changed, 0) AS changed, coalesce(dropped, 0) AS dropped,
             coalesce(firstNs, firstDroppedNs) AS firstNs, coalesce(lastNs, lastDroppedNs) AS lastNs,
             lastValue, coalesce(bytes, 0) AS bytes, coalesce(keyCounts.keys, 0) AS keys,
             name IN (SELECT name FROM colliding) AS collides, buckets, calls
      FROM counted FULL JOIN droppedNames USING (name)
      LEFT JOIN keyCounts USING (name, type, unit) LEFT JOIN courses USING (name, type, unit)
    )
    SELECT *, (count(*) OVER ())::INTEGER AS total FROM listed
    ORDER BY ${COLUMNS[sort.by]} ${sort.isDescending ? "DESC" : "ASC"}, name, type, unit LIMIT ${limit}`;
}

type MetricRecord = Omit<MetricSummary, "firstSeen" | "lastSeen" | "perMinute" | "spark"> & {
  readonly firstNs: bigint;
  readonly lastNs: bigint;
  readonly buckets: readonly number[] | null;
  readonly calls: readonly number[] | null;
  readonly total: number;
};

function summaryOf(
  { firstNs, lastNs, buckets, calls, total: _total, ...record }: MetricRecord,
  count: number,
): Omit<MetricSummary, "perMinute"> {
  const spark = Array.from({ length: count }, () => 0);
  for (const [index, bucket] of (buckets ?? []).entries()) spark[bucket] = calls?.[index] ?? 0;
  return { ...record, firstSeen: isoTime(firstNs), lastSeen: isoTime(lastNs), spark };
}
