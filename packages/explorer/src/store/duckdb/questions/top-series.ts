import { rangeSeconds } from "../../../questions/time-range.js";
import type { StoreQuestions } from "../../store.js";
import { aggregationSql } from "./aggregation-sql.js";
import { ACCEPTED_METRIC, createConditions } from "./conditions.js";
import type { Select } from "./select.js";
import {
  bucketSql,
  chosenSql,
  columnsSql,
  createSeriesQuestions,
  groupOf,
  keysOf,
  ranks,
  rowOf,
} from "./series.js";

/**
 * Creates the function that chooses groups and returns their course, in one statement: to read the keys of every item takes as
 * long as the rest. The groups are ranked over the whole range, so that only the others need another pass for theirs.
 */
export const createTopSeries = (select: Select): StoreQuestions["topSeries"] =>
  async function topSeries(question) {
    const { aggregations, by, grid, metric, range, sort, top } = question;
    if (by.length === 0) {
      const groups = [[]];
      return {
        groups,
        total: 1,
        rows: await createSeriesQuestions(select).series(question, groups),
      };
    }
    const conditions = createConditions(ACCEPTED_METRIC);
    const chosen = chosenSql(conditions, question, bucketSql(grid));
    const keys = keysOf(by);
    const columns = columnsSql(question);
    const spread = { type: metric.type, seconds: String(rangeSeconds(range)) };
    const order = `a ${sort.isDescending ? "DESC" : "ASC"} NULLS LAST, ${keys}`;
    const same = by.map((_, index) => `chosen.g${index} IS NOT DISTINCT FROM shown.g${index}`);
    const values = aggregations.map((_, index) => `a${index}, `).join("");
    const noGroup = by.map((_, index) => `NULL AS g${index}`).join(", ");
    const records = await select(
      `WITH chosen AS MATERIALIZED (${chosen}),
       ranked AS (SELECT *${ranks([...aggregations, sort.aggregation], keys)} FROM chosen),
       grouped AS (SELECT ${keys}, ${columns.whole}, ${aggregationSql(sort.aggregation, spread)} AS a FROM ranked GROUP BY ${keys}),
       placed AS (SELECT *, (row_number() OVER (ORDER BY ${order}) - 1)::INTEGER AS series,
                         (count(*) OVER ())::INTEGER AS total FROM grouped),
       shown AS MATERIALIZED (SELECT * FROM placed WHERE series < ${top}),
       labelled AS (SELECT chosen.bucket, chosen.value, chosen.weight, timeNs, coalesce(series, -1) AS series
                    FROM chosen LEFT JOIN shown ON ${same.join(" AND ")}),
       buckets AS (SELECT *${ranks(aggregations, "series, bucket")} FROM labelled),
       others AS (SELECT *${ranks(aggregations, "series")} FROM labelled WHERE series = -1)
       SELECT series, bucket, ${columns.bucket}, ${noGroup}, NULL AS total FROM buckets GROUP BY series, bucket
       UNION ALL
       SELECT series, NULL, ${columns.whole}, ${noGroup}, NULL FROM others GROUP BY series
       UNION ALL
       SELECT series, NULL, ${values}samples, weight, ${keys}, total FROM shown`,
      conditions.values,
    );
    const groups = records
      .filter(({ total }) => total !== null)
      .sort((one, other) => Number(one["series"]) - Number(other["series"]));
    return {
      groups: groups.map((record) => groupOf(by, record)),
      total: (groups[0]?.["total"] as number | undefined) ?? 0,
      rows: records.map((record) => rowOf(aggregations, record)),
    };
  };
