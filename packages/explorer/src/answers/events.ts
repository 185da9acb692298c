import type { EventPage } from "../model/event-page.js";
import { itemOf, type Item } from "../model/item.js";
import {
  readEventQuestion,
  writeEventCursor,
  type EventOptions,
} from "../questions/event-question.js";
import { readItemId } from "../questions/item-id.js";
import { notFound } from "../questions/query-error.js";
import type { Store } from "../store/store.js";

/** Returns errors, logs and spans, the newest first. */
export async function events(
  store: Store,
  { options, nowNs }: { options: EventOptions; nowNs: bigint },
): Promise<EventPage> {
  const question = readEventQuestion(options, nowNs);
  const found = await store.events({ ...question, limit: question.limit + 1 });
  const page = found.slice(0, question.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    events: page.map(itemOf),
    ...(last && { next: writeEventCursor(last.timeNs, last.seq) }),
  };
}

/** Returns one item with everything that is stored of it. Rejects with a `QueryError` when there is none. */
export async function findItem(store: Store, id: string): Promise<Item> {
  const item = await store.findItem(readItemId(id));
  if (item !== undefined) return itemOf(item);
  throw notFound(`There is no item ${id}; the oldest items are removed first`);
}
