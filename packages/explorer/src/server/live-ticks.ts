import type { SSEStreamingApi } from "hono/streaming";
import type { StoredItem } from "../model/received-item.js";
import type { Store } from "../store/store.js";

/** A page asks again for what it shows at most so often, in milliseconds. */
const TICK_MS = 500;
/** Names of one tick; all others are counted together. */
const MAX_NAMES = 1_000;

/** Everything that has arrived since the last tick. */
interface Tick {
  /** The id of the newest item. */
  seq: string;
  /** Metrics by name. */
  names: Record<string, number>;
  /** Items of other kinds, and metrics of further names. */
  others: number;
}

/**
 * Sends how many items have arrived, at most twice a second: a chart needs no more than to know that it is out of date.
 * Ends when the reader has gone.
 */
export async function sendTicks(store: Store, stream: SSEStreamingApi): Promise<void> {
  let names = new Map<string, number>();
  let others = 0;
  let isDirty = false;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));

  function add({ kind, name }: StoredItem): void {
    if (kind === "metric" && (names.has(name) || names.size < MAX_NAMES))
      names.set(name, (names.get(name) ?? 0) + 1);
    else others++;
  }

  function send(): void {
    if (!isDirty) return;
    const seq = String(store.lastSeq());
    const tick: Tick = { seq, names: Object.fromEntries(names), others };
    names = new Map();
    others = 0;
    isDirty = false;
    void stream.writeSSE({ event: "tick", id: seq, data: JSON.stringify(tick) });
  }

  const unsubscribe = store.subscribe((items) => {
    isDirty = true;
    for (const item of items) add(item);
  });
  const timer = setInterval(send, TICK_MS);
  stream.onAbort(end);
  try {
    await ended;
  } finally {
    clearInterval(timer);
    unsubscribe();
  }
}
