import { FOLDED } from "../../../model/calls.js";
import type { TraceCounts } from "../../../model/exemplar.js";
import type { StoredItem } from "../../../model/received-item.js";
import type { StoreQuestions } from "../../store.js";
import type { SlimItem } from "../../stored-trace.js";
import { createConditions } from "./conditions.js";
import { storedItemOf } from "./item-record.js";
import type { Select, SqlRecord } from "./select.js";
import { IN_TRACE, SHORT_NAME, TRACE_COUNTS } from "./trace-sql.js";

/** Creates the functions that answer questions about traces. */
export function createTraceQuestions(
  select: Select,
): Pick<StoreQuestions, "findTraceIds" | "traceItems" | "slimTraceItems" | "traceCounts"> {
  async function findTraceIds(digits: string, limit: number): Promise<string[]> {
    const found = await select<{ traceId: string }>(
      `SELECT DISTINCT traceId FROM items WHERE starts_with(traceId, $1) AND ${IN_TRACE}
       ORDER BY traceId LIMIT ${limit}`,
      [digits],
    );
    return found.map(({ traceId }) => traceId);
  }

  /** Metrics come last, because spans, logs and errors show the place of the metrics that remain. */
  async function readTrace(columns: string, traceId: string, limit: number) {
    const records = await select(
      `SELECT ${columns} FROM items WHERE traceId = $1 AND ${IN_TRACE}
       ORDER BY kind = 'metric', timeNs, seq LIMIT ${limit + 1}`,
      [traceId],
    );
    return { records: records.slice(0, limit).sort(byTime), truncated: records.length > limit };
  }

  async function traceItems(
    traceId: string,
    limit: number,
  ): Promise<{ items: StoredItem[]; truncated: boolean }> {
    const { records, truncated } = await readTrace("*", traceId, limit);
    return { items: records.map(storedItemOf), truncated };
  }

  async function slimTraceItems(
    traceId: string,
    limit: number,
  ): Promise<{ items: SlimItem[]; truncated: boolean }> {
    const { records, truncated } = await readTrace(SLIM_COLUMNS, traceId, limit);
    return { items: records.map(slimItemOf), truncated };
  }

  async function traceCounts(
    traceIds: readonly string[],
    upToSeq: bigint | undefined,
  ): Promise<ReadonlyMap<string, TraceCounts>> {
    if (traceIds.length === 0) return new Map();
    const conditions = createConditions();
    const { add, parameter } = conditions;
    add(`traceId IN (${traceIds.map((each) => parameter(each)).join(", ")})`);
    if (upToSeq !== undefined) add(`seq <= ${parameter(upToSeq)}`);
    const records = await select<TraceCounts & { traceId: string }>(
      `SELECT traceId, ${TRACE_COUNTS} FROM items ${conditions.sql()} GROUP BY traceId`,
      conditions.values,
    );
    return new Map(records.map(({ traceId, ...counts }) => [traceId, counts]));
  }

  return { findTraceIds, traceItems, slimTraceItems, traceCounts };
}

/** `NULL` unless the attribute is a number: a text is quoted in JSON. */
const FOLDED_CALLS = `TRY_CAST(CAST(json_extract(attributes, '/${FOLDED}') AS VARCHAR) AS DOUBLE)`;

const SLIM_COLUMNS = `seq, kind, verdict, timeNs, durationNs, spanId, parentSpanId, type, unit, value, weight, op, level,
  status, CASE kind WHEN 'metric' THEN ${FOLDED_CALLS} END AS folded, ${SHORT_NAME} AS name`;

const slimItemOf = (record: SqlRecord): SlimItem =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null),
  ) as unknown as SlimItem;

const byTime = (one: SqlRecord, other: SqlRecord): number =>
  Number((one["timeNs"] as bigint) - (other["timeNs"] as bigint)) ||
  Number((one["seq"] as bigint) - (other["seq"] as bigint));
