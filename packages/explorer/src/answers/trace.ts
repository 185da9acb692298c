import { parseTime } from "../model/parse-time.js";
import type { SqlRecord, Store } from "../store/store.js";
import { itemOfRecord, type Item } from "../model/item.js";
import { notFound, usageError } from "../questions/query-error.js";
import { buildTree, isSpan, type TraceSpan } from "./trace-tree.js";

export interface Trace {
  traceId: string;
  /** Of the first span; of the first thing where no span was received. */
  start: string;
  /** From there to the end of the last span, or to the last thing, milliseconds. */
  durationMs: number;
  /** In the order of a waterfall: every span after its parent, siblings by their start. */
  spans: TraceSpan[];
  /** What belongs to the trace but to none of its stored spans. */
  unattached: Item[];
  /** The trace has more items than were read. */
  truncated: boolean;
}

const MAX_ITEMS = 10_000;

export async function trace(store: Store, id: string): Promise<Trace> {
  const traceId = await findTraceId(store, id);
  const records = await store.select(
    `SELECT * FROM items WHERE traceId = $1 AND ${TRACED}
     ORDER BY kind = 'metric', timeNs, seq LIMIT ${MAX_ITEMS + 1}`,
    [traceId],
  );
  if (records.length === 0) throw notFound(`Nothing was received in trace ${traceId}`);
  const items = records.slice(0, MAX_ITEMS).sort(byTime).map(itemOfRecord);
  // A page keeps its trace for as long as it is open: a metric long after its spans must not squeeze
  // them into nothing.
  const spans = items.filter(isSpan);
  const timed = spans.length > 0 ? spans : items;
  const startNs = timeNs(timed[0]);
  const ends = timed.map((item) => offsetMs(item, startNs) + (item.durationMs ?? 0));
  return {
    traceId,
    start: timed[0]?.time ?? "",
    durationMs: Math.max(...ends),
    ...buildTree(items, (span) => offsetMs(span, startNs)),
    truncated: records.length > MAX_ITEMS,
  };
}

const TRACED = "kind NOT IN ('container', 'other', 'report')";
const MIN_DIGITS = 4;
const MAX_CANDIDATES = 10;

/** The one trace that is meant: by its id, however it is written, or by the first digits of it. */
async function findTraceId(store: Store, id: string): Promise<string> {
  const digits = id.trim().toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{4,32}$/.test(digits))
    throw usageError(
      `"${id}" is no trace id; it has 32 hex digits, of which the first ${MIN_DIGITS} or more are enough`,
    );
  if (digits.length === 32) return digits;
  const found = await store.select<{ traceId: string }>(
    `SELECT DISTINCT traceId FROM items WHERE starts_with(traceId, $1) AND ${TRACED}
     ORDER BY traceId LIMIT ${MAX_CANDIDATES + 1}`,
    [digits],
  );
  const [only, second] = found;
  if (only === undefined)
    throw notFound(`Nothing was received in a trace that begins with ${digits}`);
  if (second === undefined) return only.traceId;
  const candidates = found.slice(0, MAX_CANDIDATES).map(({ traceId }) => traceId);
  const more = found.length > MAX_CANDIDATES ? ", and more" : "";
  throw usageError(`Several traces begin with ${digits}: ${candidates.join(", ")}${more}`);
}

/** What is cut of a very large trace are metrics; its spans, logs and errors tell where they belong. */
const byTime = (one: SqlRecord, other: SqlRecord): number =>
  Number((one["timeNs"] as bigint) - (other["timeNs"] as bigint)) ||
  Number((one["seq"] as bigint) - (other["seq"] as bigint));

const timeNs = (item: Item | undefined): bigint => parseTime(item?.time ?? "") ?? 0n;

/** In nanoseconds first: seconds as a double cannot tell apart what is less than a microsecond. */
const offsetMs = (item: Item, startNs: bigint): number => Number(timeNs(item) - startNs) / 1e6;
