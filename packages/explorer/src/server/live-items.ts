import type { SSEStreamingApi } from "hono/streaming";
import { itemOf } from "../model/item.js";
import { stringifyJson } from "../model/json.js";
import type { StoredItem } from "../model/received-item.js";
import type { Store } from "../store/store.js";
import { createLiveQueue } from "./live-queue.js";

/** Items of one stream. */
export interface ItemStream {
  /** Which items are sent. */
  readonly filter: (item: StoredItem) => boolean;
  /** The id of the last item that the reader has, if it reads on after a break. */
  readonly after: bigint | undefined;
  /** Most items of one event: 1 sends each as an `item`, more send lists as `items`. */
  readonly perEvent: number;
}

/** Items that a slow reader may be behind, and that are sent after a break. */
const CAPACITY = 10_000;

/** Sends items as they arrive, and first those that arrived during a break. Ends when the reader has gone. */
export async function sendItems(
  store: Store,
  stream: SSEStreamingApi,
  { filter, after, perEvent }: ItemStream,
): Promise<void> {
  const queue = createLiveQueue<StoredItem>(CAPACITY);
  // It listens before it reads, so that no item is between both.
  const unsubscribe = store.subscribe((items) => queue.push(items.filter(filter)));
  stream.onAbort(() => queue.close());
  const newest = store.lastSeq();
  // The id may be of another explorer that had more items: this one has nothing to read on from.
  const isKnown = after !== undefined && after <= newest;
  let last = isKnown ? after : 0n;

  async function send(items: readonly StoredItem[], missed: number): Promise<void> {
    const newer = items.filter(({ seq }) => seq > last);
    for (let from = 0; from < newer.length; from += perEvent) {
      const batch = newer.slice(from, from + perEvent);
      last = batch.at(-1)?.seq ?? last;
      const sent = batch.map(itemOf);
      await stream.writeSSE({
        event: perEvent === 1 ? "item" : "items",
        id: String(last),
        data: stringifyJson(perEvent === 1 ? sent[0] : sent),
      });
    }
    if (missed > 0) await stream.writeSSE({ event: "missed", data: String(missed) });
  }

  /** Sends items that arrived during the break, as far as they are stored and not too many. */
  async function sendMissing(from: bigint): Promise<void> {
    const oldest = newest - BigInt(CAPACITY);
    const stored = await store.itemsAfter(oldest > from ? oldest : from, CAPACITY);
    // Items of every kind, because nobody knows which were removed.
    const first = stored[0]?.seq ?? newest + 1n;
    await send(stored.filter(filter), Number(first - from) - 1);
  }

  try {
    if (isKnown && after < newest) await sendMissing(after);
    for (let batch = await queue.take(); batch !== undefined; batch = await queue.take())
      await send(batch.items, batch.missed);
  } finally {
    unsubscribe();
  }
}
