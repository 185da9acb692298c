import type { SqlRecord, Store } from "../store/store.js";
import { isoTime } from "../model/iso-time.js";

export interface MetricSummary {
  name: string;
  /** `null`, as the unit, when every item of this name would be dropped. */
  type: string | null;
  /** `none` when it has no unit. */
  unit: string | null;
  /** Items in the store that Sentry would take. */
  samples: number;
  /** Calls they stand for. */
  count: number;
  changed: number;
  /** Items Sentry would drop; their type and unit may be missing, so they are counted for the whole name. */
  dropped: number;
  firstSeen: string;
  lastSeen: string;
}

const MAX_METRICS = 10_000;

/** Every metric in the store, by name. */
export async function listMetrics(store: Store): Promise<MetricSummary[]> {
  const records = await store.select(
    `WITH dropped AS (
       SELECT name, count(*)::INTEGER AS dropped, min(timeNs) AS firstDroppedNs, max(timeNs) AS lastDroppedNs
       FROM items WHERE kind = 'metric' AND verdict = 'dropped' GROUP BY name
     ), taken AS (
       SELECT name, type, coalesce(unit, 'none') AS unit, count(*)::INTEGER AS samples, round(sum(weight)) AS count,
              (count(*) FILTER (WHERE verdict = 'changed'))::INTEGER AS changed,
              min(timeNs) AS firstNs, max(timeNs) AS lastNs
       FROM items WHERE kind = 'metric' AND verdict <> 'dropped' GROUP BY ALL
     )
     SELECT name, type, unit, coalesce(samples, 0) AS samples, coalesce(count, 0) AS count,
            coalesce(changed, 0) AS changed, coalesce(dropped, 0) AS dropped,
            coalesce(firstNs, firstDroppedNs) AS firstNs, coalesce(lastNs, lastDroppedNs) AS lastNs
     FROM taken FULL JOIN dropped USING (name) ORDER BY name, type, unit LIMIT ${MAX_METRICS}`,
  );
  return records.map(toSummary);
}

function toSummary({ firstNs, lastNs, ...record }: SqlRecord): MetricSummary {
  return {
    ...(record as Omit<MetricSummary, "firstSeen" | "lastSeen">),
    firstSeen: isoTime(firstNs as bigint),
    lastSeen: isoTime(lastNs as bigint),
  };
}
