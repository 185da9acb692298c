import { Hono, type Context } from "hono";
import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import { itemOf } from "../model/item.js";
import { stringifyJson } from "../model/json.js";
import { KINDS, type Kind, type StoredItem } from "../model/received-item.js";
import { usageError } from "../questions/query-error.js";
import type { Store } from "../store/store.js";
import { respondToQueryError } from "./error-response.js";
import { createLiveQueue } from "./live-queue.js";
import { matchName } from "./match-name.js";
import { allowParameters } from "./parameters.js";

type ItemFilter = (item: StoredItem) => boolean;

const CAPACITY = 10_000;
const KEEPALIVE_MS = 15_000;

/**
 * Creates the routes of the live stream. They send server-sent events: `item` for each received item, and `missed` with
 * the number of items that were dropped because the reader was too slow.
 */
export function createLiveRoutes(store: Store): Hono {
  const app = new Hono();
  const follow = (context: Context): Response => {
    const filter = readFilter(context);
    return streamSSE(context, (stream) => sendItems(store, stream, filter));
  };
  app.get("/api/stream", allowParameters("kind", "metric"), follow);
  // Spotlight's own clients use this path, with parameters of their own.
  app.get("/stream", follow);
  app.onError(respondToQueryError);
  return app;
}

async function sendItems(store: Store, stream: SSEStreamingApi, filter: ItemFilter): Promise<void> {
  const queue = createLiveQueue<StoredItem>(CAPACITY);
  const unsubscribe = store.subscribe((items) => queue.push(items.filter(filter)));
  stream.onAbort(() => queue.close());
  // The first comment shows the reader that it is connected.
  await stream.write(": connected\n\n");
  // Clients end a silent stream (`fetch` of Node after five minutes).
  const keepalive = setInterval(() => void stream.write(": alive\n\n"), KEEPALIVE_MS);
  try {
    for (let batch = await queue.take(); batch !== undefined; batch = await queue.take()) {
      for (const item of batch.items)
        await stream.writeSSE({ event: "item", data: stringifyJson(itemOf(item)) });
      if (batch.missed > 0) await stream.writeSSE({ event: "missed", data: String(batch.missed) });
    }
  } finally {
    clearInterval(keepalive);
    unsubscribe();
  }
}

function readFilter({ req }: Context): ItemFilter {
  const kinds = req.queries("kind")?.map(readKind);
  const pattern = req.query("metric");
  const matches = pattern === undefined ? undefined : matchName(pattern);
  return (item) =>
    (kinds === undefined || kinds.includes(item.kind)) &&
    (matches === undefined || (item.kind === "metric" && matches(item.name)));
}

function readKind(text: string): Kind {
  const kind = KINDS.find((valid) => valid === text);
  if (kind !== undefined) return kind;
  throw usageError(`kind is "${text}"; valid are ${KINDS.join(", ")}`);
}
