import { Hono, type Context } from "hono";
import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import { KINDS, type Kind } from "../model/received-item.js";
import { VERSION } from "../options/version.js";
import { usageError } from "../questions/query-error.js";
import type { Store } from "../store/store.js";
import { respondToQueryError } from "./error-response.js";
import { sendItems, type ItemStream } from "./live-items.js";
import { sendTicks } from "./live-ticks.js";
import { matchName } from "./match-name.js";
import { allowParameters } from "./parameters.js";

const KEEPALIVE_MS = 15_000;
/** Items of one event for a reader that asks for lists: a page reads thousands of events a second less well. */
const LIST_LENGTH = 200;

/**
 * Creates the routes of the live stream. They send server-sent events: `item` for each received item, lists of them as
 * `items`, or `tick` for how many have arrived; `missed` with the number of items that a reader did not get; and `hello` first.
 */
export function createLiveRoutes(store: Store): Hono {
  const app = new Hono();
  const startedAt = new Date().toISOString();

  app.get("/api/stream", allowParameters("kind", "metric", "mode", "after"), (context) => {
    const mode = readMode(context);
    const items = readItems(context, mode === "items" ? LIST_LENGTH : 1);
    return follow(context, async function send(stream) {
      const seq = store.lastSeq();
      const hello = { seq: String(seq), startedAt, version: VERSION };
      await stream.writeSSE({ event: "hello", data: JSON.stringify(hello) });
      if (mode === "tick") return sendTicks(store, stream);
      // Items that arrive while `hello` is written follow it, so that its id and the items leave no gap.
      return sendItems(store, stream, { ...items, after: items.after ?? seq });
    });
  });
  // Spotlight's own clients use this path, with parameters of their own.
  app.get("/stream", (context) => {
    const items = readItems(context, 1);
    return follow(context, (stream) => sendItems(store, stream, items));
  });
  app.onError(respondToQueryError);
  return app;
}

function follow(context: Context, send: (stream: SSEStreamingApi) => Promise<void>): Response {
  return streamSSE(context, async function run(stream) {
    // The first comment shows the reader that it is connected.
    await stream.write(": connected\n\n");
    // Clients end a silent stream (`fetch` of Node after five minutes).
    const keepalive = setInterval(() => void stream.write(": alive\n\n"), KEEPALIVE_MS);
    try {
      await send(stream);
    } finally {
      clearInterval(keepalive);
    }
  });
}

function readItems({ req }: Context, perEvent: number): ItemStream {
  const kinds = req.queries("kind")?.map(readKind);
  const pattern = req.query("metric");
  const matches = pattern === undefined ? undefined : matchName(pattern);
  // A browser that reconnects by itself repeats the address: what it has read since is in the header alone.
  const lastId = req.header("last-event-id") ?? req.query("after");
  return {
    filter: (item) =>
      (kinds === undefined || kinds.includes(item.kind)) &&
      (matches === undefined || (item.kind === "metric" && matches(item.name))),
    perEvent,
    // A reader that comes from another explorer may have any text.
    after: lastId !== undefined && /^\d{1,18}$/.test(lastId) ? BigInt(lastId) : undefined,
  };
}

function readMode({ req }: Context): "item" | "items" | "tick" {
  const mode = req.query("mode") ?? "item";
  if (mode === "item" || mode === "items" || mode === "tick") return mode;
  throw usageError(`mode is "${mode}"; valid are item, items, tick`);
}

function readKind(text: string): Kind {
  const kind = KINDS.find((valid) => valid === text);
  if (kind !== undefined) return kind;
  throw usageError(`kind is "${text}"; valid are ${KINDS.join(", ")}`);
}
