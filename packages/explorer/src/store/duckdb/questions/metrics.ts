import { isoTime } from "../../../model/iso-time.js";
import type { MetricIdentity, MetricSummary } from "../../../model/metric.js";
import type { StoreQuestions } from "../../store.js";
import { ACCEPTED_METRIC } from "./conditions.js";
import type { Select, SqlRecord } from "./select.js";

type MetricQuestions = Pick<
  StoreQuestions,
  "listMetrics" | "findMetrics" | "countMetrics" | "similarNames"
>;

/** Creates the functions that answer questions about names of metrics. */
export function createMetricQuestions(select: Select): MetricQuestions {
  async function listMetrics(limit: number): Promise<MetricSummary[]> {
    const records = await select(
      `WITH dropped AS (
         SELECT name, count(*)::INTEGER AS dropped, min(timeNs) AS firstDroppedNs, max(timeNs) AS lastDroppedNs
         FROM items WHERE kind = 'metric' AND verdict = 'dropped' GROUP BY name
       ), accepted AS (
         SELECT name, type, coalesce(unit, 'none') AS unit, count(*)::INTEGER AS samples, round(sum(weight)) AS count,
                (count(*) FILTER (WHERE verdict = 'changed'))::INTEGER AS changed,
                min(timeNs) AS firstNs, max(timeNs) AS lastNs
         FROM items WHERE ${ACCEPTED_METRIC} GROUP BY ALL
       )
       SELECT name, type, unit, coalesce(samples, 0) AS samples, coalesce(count, 0) AS count,
              coalesce(changed, 0) AS changed, coalesce(dropped, 0) AS dropped,
              coalesce(firstNs, firstDroppedNs) AS firstNs, coalesce(lastNs, lastDroppedNs) AS lastNs
       FROM accepted FULL JOIN dropped USING (name) ORDER BY name, type, unit LIMIT ${limit}`,
    );
    return records.map(summaryOf);
  }

  function findMetrics(name: string): Promise<MetricIdentity[]> {
    return select(
      `SELECT DISTINCT name, type, coalesce(unit, 'none') AS unit FROM items
       WHERE ${ACCEPTED_METRIC} AND name = $1 ORDER BY type, unit`,
      [name],
    );
  }

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

  return { listMetrics, findMetrics, countMetrics, similarNames };
}

function summaryOf({ firstNs, lastNs, ...record }: SqlRecord): MetricSummary {
  return {
    ...(record as Omit<MetricSummary, "firstSeen" | "lastSeen">),
    firstSeen: isoTime(firstNs as bigint),
    lastSeen: isoTime(lastNs as bigint),
  };
}
