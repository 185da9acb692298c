import type { StoreQuestions, HeatmapCell } from "../../store.js";
import { ACCEPTED_METRIC, createConditions } from "./conditions.js";
import type { Select } from "./select.js";
import { bucketSql, chosenSql } from "./series.js";

/**
 * Creates the function that counts values by their size. A row is the whole number of a third of a doubling: so each row has
 * the same relative width, whatever the unit is, and no value is too small or too large for one.
 */
export const createHeatmap = (select: Select): StoreQuestions["heatmap"] =>
  async function heatmap(question) {
    const conditions = createConditions(ACCEPTED_METRIC);
    const chosen = chosenSql(conditions, { ...question, by: [] }, bucketSql(question.grid));
    return select<HeatmapCell>(
      `WITH chosen AS (${chosen}),
       sized AS (SELECT *, sign(value)::INTEGER AS side,
                        CASE WHEN value = 0 THEN 0 ELSE floor(log2(abs(value)) * 3) END::INTEGER AS size FROM chosen)
       SELECT bucket, side, size, count(*)::INTEGER AS samples, sum(weight) AS weight, min(value) AS least, max(value) AS greatest
       FROM sized GROUP BY bucket, side, size ORDER BY bucket, side, size`,
      conditions.values,
    );
  };
