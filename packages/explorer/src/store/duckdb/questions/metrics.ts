import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC } from "./conditions.js";
import { createFindMetrics } from "./find-metrics.js";
import type { Select } from "./select.js";

type MetricQuestions = Pick<StoreQuestions, "findMetrics" | "countMetrics" | "similarNames">;

/** Creates the functions that answer questions about names of metrics. */
export function createMetricQuestions(select: Select): MetricQuestions {
  const findMetrics = createFindMetrics(select);

  async function countMetrics(name: string): Promise<number> {
    const [record] = await select<{ count: number }>(
      "SELECT count(*)::INTEGER AS count FROM items WHERE kind = 'metric' AND name = $1",
      [name],
    );
    return record?.count ?? 0;
  }

  async function similarNames(name: string, limit: number): Promise<string[]> {
    const similar = await select<{ name: string }>(
      `SELECT name FROM items WHERE ${ACCEPTED_METRIC}
       GROUP BY name HAVING jaro_winkler_similarity(name, $1) > 0.8
       ORDER BY jaro_winkler_similarity(name, $1) DESC LIMIT ${limit}`,
      [name],
    );
    return similar.map((metric) => metric.name);
  }

  return { findMetrics, countMetrics, similarNames };
}
