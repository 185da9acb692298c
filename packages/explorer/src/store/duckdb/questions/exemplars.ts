import { isInMetricUnit } from "../../../model/aggregation.js";
import { EXEMPLAR_REASONS } from "../../../model/exemplar.js";
import type { StoredExemplar, StoreQuestions } from "../../store.js";
import { aggregationSql } from "./aggregation-sql.js";
import { ACCEPTED_METRIC, createConditions } from "./conditions.js";
import type { Select, SqlRecord } from "./select.js";
import { bucketSql, chosenSql, labelledSql, ranks } from "./series.js";
import { TRACE_COUNTS } from "./trace-sql.js";

/**
 * Creates the function that chooses exemplars. The greatest value of a bucket is always one, because a spike is what people
 * click on. The one by chance is the same as long as the bucket is: it has the smallest hash of its place in the store.
 */
export const createExemplars = (select: Select): StoreQuestions["exemplars"] =>
  async function exemplars(question, groups) {
    const { aggregations, by, grid, metric, per } = question;
    const [drawn = "count"] = aggregations;
    const conditions = createConditions(ACCEPTED_METRIC);
    const chosen = chosenSql(conditions, question, bucketSql(grid), ["seq", "traceId", "spanId"]);
    const labelled = labelledSql(conditions, by, groups);
    // A line of sums or rates is of another size than its values: then the one in the middle is the nearest.
    const line = isInMetricUnit(drawn, metric.type) && metric.type !== "counter" ? drawn : "p50";
    const seconds = String(Number(grid.intervalNs) / 1e9);
    const places = EXEMPLAR_REASONS.map(
      (why) =>
        `row_number() OVER (PARTITION BY bucket ORDER BY ${ORDERS[why]}, seq) AS ${why}Place`,
    );
    const reason = EXEMPLAR_REASONS.map((why) => `WHEN ${why}Place = 1 THEN '${why}'`).join(" ");
    const rank = EXEMPLAR_REASONS.map((why, index) => `WHEN '${why}' THEN ${index}`).join(" ");
    const records = await select(
      `WITH chosen AS (${chosen}), labelled AS (${labelled}),
       ranked AS (SELECT *${ranks([line], "series, bucket")} FROM labelled),
       lines AS (SELECT series, bucket, ${aggregationSql(line, { type: metric.type, seconds })} AS line
                 FROM ranked GROUP BY series, bucket),
       apart AS (SELECT labelled.*, abs(value - line) AS distance, hash(seq) AS chance
                 FROM labelled JOIN lines USING (series, bucket)),
       ends AS (SELECT bucket, max(value) AS greatest, min(distance) AS nearest, min(chance) AS least FROM apart GROUP BY bucket),
       candidates AS (SELECT apart.* FROM apart JOIN ends USING (bucket)
                      WHERE value = greatest OR distance = nearest OR chance = least),
       placed AS (SELECT *, ${places.join(", ")} FROM candidates),
       reasoned AS (SELECT *, CASE ${reason} END AS why FROM placed),
       few AS (SELECT *, row_number() OVER (PARTITION BY bucket ORDER BY CASE why ${rank} END) AS place
               FROM reasoned WHERE why IS NOT NULL),
       shown AS (SELECT * FROM few WHERE place <= ${per}),
       counts AS (SELECT traceId, ${TRACE_COUNTS} FROM items WHERE traceId IN (SELECT traceId FROM shown) GROUP BY traceId)
       SELECT seq, timeNs, bucket, series, value, shown.traceId, spanId, why,
              coalesce(spans, 0) AS spans, coalesce(errors, 0) AS errors, coalesce(logs, 0) AS logs
       FROM shown LEFT JOIN counts ON shown.traceId = counts.traceId ORDER BY timeNs, seq`,
      conditions.values,
    );
    return records.map(exemplarOf);
  };

const ORDERS = { max: "value DESC", near: "distance", random: "chance" } as const;

const exemplarOf = ({ spans, errors, logs, ...record }: SqlRecord): StoredExemplar =>
  ({ ...record, trace: { spans, errors, logs } }) as StoredExemplar;
