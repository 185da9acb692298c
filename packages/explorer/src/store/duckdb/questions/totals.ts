import type { SeriesTotal, StoreQuestions } from "../../store.js";
import { rangeSeconds } from "../../../questions/time-range.js";
import { aggregationSql } from "./aggregation-sql.js";
import { ACCEPTED_METRIC, createConditions } from "./conditions.js";
import type { Select, SqlRecord } from "./select.js";
import { chosenSql, labelledSql, ranks } from "./series.js";

/** Creates the function that aggregates groups of a metric over the whole range. */
export const createTotals = (select: Select): StoreQuestions["totals"] =>
  async function totals(question, groups) {
    const { aggregations, by, metric, range } = question;
    const conditions = createConditions(ACCEPTED_METRIC);
    const chosen = chosenSql(conditions, question, "0");
    const labelled = labelledSql(conditions, by, groups);
    const spread = { type: metric.type, seconds: String(rangeSeconds(range)) };
    const columns = aggregations.map(
      (each, index) => `${aggregationSql(each, spread)} AS a${index}, `,
    );
    const records = await select(
      `WITH chosen AS (${chosen}), labelled AS (${labelled}),
       ranked AS (SELECT *${ranks(aggregations, "series")} FROM labelled)
       SELECT series, ${columns.join("")}count(*)::INTEGER AS samples, sum(weight) AS weight FROM ranked GROUP BY series`,
      conditions.values,
    );
    return records.map((record: SqlRecord): SeriesTotal => ({
      series: record["series"] as number,
      values: aggregations.map((_, index) => record[`a${index}`] as number),
      samples: record["samples"] as number,
      weight: record["weight"] as number,
    }));
  };
