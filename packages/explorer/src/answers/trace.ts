import { itemOf, type Item } from "../model/item.js";
import { parseTime } from "../model/parse-time.js";
import type { Trace } from "../model/trace.js";
import { notFound, usageError } from "../questions/query-error.js";
import { readTraceIdDigits } from "../questions/trace-id.js";
import type { Store } from "../store/store.js";
import { buildTree, isSpan } from "./trace-tree.js";

const MAX_ITEMS = 10_000;
const MAX_CANDIDATES = 10;

/** Returns a trace by its id or its first digits. Rejects with a `QueryError` when there is none, or more than one. */
export async function trace(store: Store, id: string): Promise<Trace> {
  const traceId = await findTraceId(store, id);
  const { items: received, truncated } = await store.traceItems(traceId, MAX_ITEMS);
  if (received.length === 0) throw notFound(`Nothing was received in trace ${traceId}`);
  const items = received.map(itemOf);
  // A page keeps its trace while it is open. If metrics counted, one long after the spans would make their bars tiny.
  const spans = items.filter(isSpan);
  const timed = spans.length > 0 ? spans : items;
  const startNs = timeNs(timed[0]);
  const ends = timed.map((item) => offsetMs(item, startNs) + (item.durationMs ?? 0));
  return {
    traceId,
    start: timed[0]?.time ?? "",
    durationMs: Math.max(...ends),
    ...buildTree(items, (span) => offsetMs(span, startNs)),
    truncated,
  };
}

/** Returns the whole id of the trace that begins with these digits. Rejects with a `QueryError` when there is none, or more than one. */
export async function findTraceId(store: Store, id: string): Promise<string> {
  const { digits, isComplete } = readTraceIdDigits(id);
  if (isComplete) return digits;
  const found = await store.findTraceIds(digits, MAX_CANDIDATES + 1);
  const [only, second] = found;
  if (only === undefined)
    throw notFound(`Nothing was received in a trace that begins with ${digits}`);
  if (second === undefined) return only;
  const candidates = found.slice(0, MAX_CANDIDATES).join(", ");
  const more = found.length > MAX_CANDIDATES ? ", and more" : "";
  throw usageError(`Several traces begin with ${digits}: ${candidates}${more}`);
}

const timeNs = (item: Item | undefined): bigint => parseTime(item?.time ?? "") ?? 0n;

/** The difference is taken in nanoseconds: seconds as a double cannot tell apart times less than a microsecond apart. */
const offsetMs = (item: Item, startNs: bigint): number => Number(timeNs(item) - startNs) / 1e6;
