import type { StoredItem } from "../../../model/received-item.js";
import type { StoreQuestions } from "../../store.js";
import { storedItemOf } from "./item-record.js";
import type { Select, SqlRecord } from "./select.js";

const IN_TRACE = "kind NOT IN ('container', 'other', 'report')";

/** Creates the functions that answer questions about traces. */
export function createTraceQuestions(
  select: Select,
): Pick<StoreQuestions, "findTraceIds" | "traceItems"> {
  async function findTraceIds(digits: string, limit: number): Promise<string[]> {
    const found = await select<{ traceId: string }>(
      `SELECT DISTINCT traceId FROM items WHERE starts_with(traceId, $1) AND ${IN_TRACE}
       ORDER BY traceId LIMIT ${limit}`,
      [digits],
    );
    return found.map(({ traceId }) => traceId);
  }

  async function traceItems(
    traceId: string,
    limit: number,
  ): Promise<{ items: StoredItem[]; truncated: boolean }> {
    // Metrics come last, because spans, logs and errors show the place of the metrics that remain.
    const records = await select(
      `SELECT * FROM items WHERE traceId = $1 AND ${IN_TRACE}
       ORDER BY kind = 'metric', timeNs, seq LIMIT ${limit + 1}`,
      [traceId],
    );
    const items = records.slice(0, limit).sort(byTime).map(storedItemOf);
    return { items, truncated: records.length > limit };
  }

  return { findTraceIds, traceItems };
}

const byTime = (one: SqlRecord, other: SqlRecord): number =>
  Number((one["timeNs"] as bigint) - (other["timeNs"] as bigint)) ||
  Number((one["seq"] as bigint) - (other["seq"] as bigint));
