import { Hono, type Context } from "hono";
import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import { stringifyJson } from "../model/json.js";
import { itemOf } from "../model/item.js";
import { usageError } from "../questions/query-error.js";
import { KINDS, type Kind, type ReceivedItem } from "../model/received-item.js";
import type { Store } from "../store/store.js";
import { createLiveQueue } from "./live-queue.js";
import { allowParameters } from "./parameters.js";
import { matchName } from "./match-name.js";
import { answerQueryError } from "./error-response.js";

const CAPACITY = 10_000;
const ALIVE_EVERY_MS = 15_000;

/**
 * Server-sent events: `item` for every received item, `missed` with a count when this reader was too slow.
 * `?kind=metric` (repeatable) and `?metric=cart.*` choose.
 */
export function createLiveRoutes(store: Store): Hono {
  const app = new Hono();
  const follow = (context: Context): Response => {
    const wanted = filterOf(context);
    return streamSSE(context, (stream) => sendRows(store, stream, wanted));
  };
  app.get("/api/stream", allowParameters("kind", "metric"), follow);
  // Where Spotlight's own clients listen, with parameters of their own.
  app.get("/stream", follow);
  app.onError(answerQueryError);
  return app;
}

async function sendRows(
  store: Store,
  stream: SSEStreamingApi,
  wanted: (row: ReceivedItem) => boolean,
): Promise<void> {
  const queue = createLiveQueue<ReceivedItem>(CAPACITY);
  const unsubscribe = store.subscribe((rows) => queue.push(rows.filter(wanted)));
  stream.onAbort(() => queue.close());
  // A comment tells the reader that it is connected, before anything happens.
  await stream.write(": connected\n\n");
  // Signs of life, because clients give up on a silent stream (Node's fetch after five minutes).
  const alive = setInterval(() => void stream.write(": alive\n\n"), ALIVE_EVERY_MS);
  try {
    for (let batch = await queue.take(); batch !== undefined; batch = await queue.take()) {
      for (const row of batch.items) {
        await stream.writeSSE({ event: "item", data: stringifyJson(itemOf(row)) });
      }
      if (batch.missed > 0) await stream.writeSSE({ event: "missed", data: String(batch.missed) });
    }
  } finally {
    clearInterval(alive);
    unsubscribe();
  }
}

function filterOf({ req }: Context): (row: ReceivedItem) => boolean {
  const kinds = req.queries("kind")?.map(readKind);
  const pattern = req.query("metric");
  const named = pattern === undefined ? undefined : matchName(pattern);
  return (row) =>
    (kinds === undefined || kinds.includes(row.kind)) &&
    (named === undefined || (row.kind === "metric" && named(row.name)));
}

function readKind(text: string): Kind {
  const kind = KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw usageError(`kind is "${text}"; valid are ${KINDS.join(", ")}`);
}
