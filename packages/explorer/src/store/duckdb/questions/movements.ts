import type { Comparison } from "../../../questions/lists/movers-question.js";
import type { StoredMovement } from "../../stored-movement.js";
import type { StoreQuestions } from "../../store.js";
import { aggregationSql } from "./aggregation-sql.js";
import { ACCEPTED_METRIC, addTimeRange, createConditions } from "./conditions.js";
import type { Select } from "./select.js";
import { ranks } from "./series.js";

const METRIC = "name, type, unit";

/** Creates the function that compares every metric in a range with the range before. */
export const createMovements = (select: Select): StoreQuestions["movements"] =>
  async function movements(comparison) {
    const conditions = createConditions(ACCEPTED_METRIC);
    const { range, earlier } = comparison;
    addTimeRange(conditions, { ...range, sinceNs: earlier.sinceNs });
    const records = await select<MovementRecord>(
      statement(comparison, conditions.sql()),
      conditions.values,
    );
    return records.map(movementOf);
  };

/** The value of a metric by its type. Percentiles need the columns of `ranks`, which only distributions have. */
const VALUE = (["counter", "gauge", "distribution"] as const).map((type) => {
  const aggregation = { counter: "sum", gauge: "avg", distribution: "p95" } as const;
  return `WHEN '${type}' THEN ${aggregationSql(aggregation[type], { type, seconds: "1" })}`;
});
const VALUE_OF_TYPE = `CASE any_value(type) ${VALUE.join(" ")} END`;

/** Two standard errors of a sum of independent calls, and of the share of the items below a percentile. */
const SUM_REACH = "2 * sqrt(sum((value * weight) ** 2))";
const SHARE_REACH = "2 * sqrt(0.95 * 0.05 / items)";

/** The value less or plus two standard errors. */
const boundSql = (sign: "-" | "+"): string => `CASE any_value(type)
  WHEN 'counter' THEN ${VALUE_OF_TYPE} ${sign} ${SUM_REACH}
  WHEN 'distribution' THEN min(value) FILTER (WHERE reached >= least(1, 0.95 ${sign} ${SHARE_REACH}) * total * (1 - 1e-9))
  ELSE ${VALUE_OF_TYPE} END`;

/** Items of both ranges, with the rank columns for each of the two ways to group them. */
function statement(comparison: Comparison, where: string): string {
  const { earlier, range, earlierBuckets, buckets, intervalNs, metricLimit } = comparison;
  const bucket = `least((timeNs - ${earlier.sinceNs}) // ${intervalNs}, ${earlierBuckets + buckets - 1})::INTEGER`;
  const ranked = (keys: string): string => `
    SELECT *, NULL AS reached, NULL AS total, NULL AS items FROM chosen WHERE type <> 'distribution'
    UNION ALL SELECT *${ranks(["p95"], keys)}, count(*) OVER (PARTITION BY ${keys}) AS items FROM chosen WHERE type = 'distribution'`;
  const [ofBucket, ofRange] = [`${METRIC}, bucket`, `${METRIC}, isNow`];
  return `
    WITH chosen AS (
      SELECT name, type, coalesce(unit, 'none') AS unit, value, weight, timeNs,
             ${bucket} AS bucket, timeNs >= ${range.sinceNs} AS isNow FROM items ${where}
    ),
    bucketValues AS (
      SELECT ${ofBucket}, sum(weight) AS calls, ${VALUE_OF_TYPE} AS value FROM (${ranked(ofBucket)}) GROUP BY ${ofBucket}
    ),
    courses AS (
      SELECT ${METRIC}, list({bucket: bucket, calls: calls, value: value} ORDER BY bucket) AS buckets
      FROM bucketValues GROUP BY ${METRIC}
    ),
    ranges AS (
      SELECT ${ofRange}, count(*)::INTEGER AS samples, sum(weight) AS calls, sum(weight * weight) AS squaredCalls,
             ${VALUE_OF_TYPE} AS value, ${boundSql("-")} AS lower, ${boundSql("+")} AS upper FROM (${ranked(ofRange)}) GROUP BY ${ofRange}
    ),
    summaries AS (
      SELECT ${METRIC}, sum(calls) AS allCalls, list({isNow: isNow, samples: samples, calls: calls,
             squaredCalls: squaredCalls, value: value, lower: lower, upper: upper}) AS ranges FROM ranges GROUP BY ${METRIC}
    ),
    known AS (
      SELECT DISTINCT name, type, coalesce(unit, 'none') AS unit FROM items WHERE ${ACCEPTED_METRIC} AND timeNs < ${range.sinceNs}
    )
    SELECT ${METRIC}, ranges, buckets, known.name IS NOT NULL AS isKnown
    FROM summaries JOIN courses USING (${METRIC}) LEFT JOIN known USING (${METRIC})
    ORDER BY allCalls DESC, ${METRIC} LIMIT ${metricLimit}`;
}

type MovementRecord = Omit<StoredMovement, "before" | "now"> & {
  readonly ranges: readonly (NonNullable<StoredMovement["now"]> & { readonly isNow: boolean })[];
};

const movementOf = ({ ranges, ...record }: MovementRecord): StoredMovement => ({
  ...record,
  before: ranges.find(({ isNow }) => !isNow),
  now: ranges.find(({ isNow }) => isNow),
});
