import { setDeadline } from "../engine/with-timeout.js";
import type { BatchEnd, Outlet, SendResult, Waiting } from "../waiting.js";
import type { World } from "../world.js";
import { LATE_MS } from "./scheduler.js";

/** One envelope without an answer yet. */
export interface Batch {
  readonly metrics: readonly Waiting[];
  /** By the monotonic clock. */
  readonly deadlineMs: number;
  readonly ended: Promise<void>;
  /** Ends it, without a result when no answer came. Later answers count for nothing. */
  settle(result?: SendResult): void;
}

/** What becomes of metrics that were handed to `send`. */
export interface SendListener {
  /** The envelope had no room for these. */
  onLeftOver(metrics: readonly Waiting[]): void;
  onEnd(metrics: readonly Waiting[], end: BatchEnd): void;
}

/** The batches without an answer. Only this file knows what is in flight, and for how long. */
export interface InFlight {
  readonly batches: ReadonlySet<Batch>;
  /** Sends the first of these metrics, or only a client report; `undefined` when encoding threw. */
  send(metrics: Waiting[]): Batch | undefined;
  /** Ends batches whose timer was lost. */
  expire(): void;
}

export function createInFlight(world: World, outlet: Outlet, listener: SendListener): InFlight {
  const { guard, monotonicMs, settings } = world;
  const batches = new Set<Batch>();

  function send(metrics: Waiting[]): Batch | undefined {
    let end = (): void => {};
    const batch: Batch = {
      metrics,
      deadlineMs: monotonicMs() + settings.sendTimeout,
      ended: new Promise((resolve) => (end = resolve)),
      settle() {},
    };
    // Counted before anything else runs: a transport or an `onDrop` that flushes in turn must find it.
    batches.add(batch);
    const departure = guard("encoding metrics", () => outlet.send(metrics));
    if (!departure || !(departure.taken >= Math.min(1, metrics.length))) {
      batches.delete(batch);
      return undefined;
    }
    listener.onLeftOver(metrics.splice(departure.taken));
    const undo = setDeadline(() => batch.settle(), settings.sendTimeout, world);
    batch.settle = (result) => {
      if (!batches.delete(batch)) return;
      undo();
      listener.onEnd(metrics, guard("accounting", () => departure.settle(result)) ?? {});
      end();
    };
    void departure.result.then(batch.settle);
    return batch;
  }

  function expire(): void {
    for (const batch of batches) if (monotonicMs() > batch.deadlineMs + LATE_MS) batch.settle();
  }

  return { batches, send, expire };
}
