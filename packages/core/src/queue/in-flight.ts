import { setDeadline } from "../engine/with-timeout.js";
import type { BatchEnd, Send, SendResult, Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { LATE_MS } from "./scheduler.js";

/** One envelope without an answer yet. */
export interface Batch {
  readonly metrics: readonly Waiting[];
  /** By the monotonic clock. */
  deadlineMs: number;
  /**
   * Called once it has ended. No promise: one for each batch would keep every batch alive until a full
   * garbage collection, which makes the engine allocate metrics where only that one frees them.
   */
  readonly listeners: (() => void)[];
  /** Ends it, without a result when no answer came. Later answers count for nothing. */
  settle(result?: SendResult): void;
}

/** The batches without an answer. Only this file knows what is in flight, and for how long. */
export interface InFlight {
  readonly batches: Set<Batch>;
  /** Sends the first of these metrics, or only a client report; `isLast` as for {@link Send}. */
  start(metrics: Waiting[], isLast?: boolean): Batch;
  /** Ends batches whose timer was lost. */
  expire(): void;
}

export function createInFlight(
  world: World,
  send: Send,
  /** Metrics that an envelope had no room for. */
  onLeftOver: (metrics: readonly Waiting[]) => void,
  onEnd: (metrics: readonly Waiting[], end: BatchEnd) => void,
): InFlight {
  const { monotonicMs, settings } = world;
  const batches = new Set<Batch>();

  function start(metrics: Waiting[], isLast?: boolean): Batch {
    const batch: Batch = {
      metrics,
      deadlineMs: monotonicMs() + settings.sendTimeout,
      listeners: [],
      settle() {},
    };
    // Counted before anything else runs: a transport or an `onDrop` that flushes in turn must find it.
    batches.add(batch);
    const departure = send(metrics, isLast);
    onLeftOver(metrics.splice(departure.taken));
    const undo = setDeadline(() => batch.settle(), settings.sendTimeout, world);
    batch.settle = (result) => {
      if (!batches.delete(batch)) return;
      undo();
      onEnd(metrics, departure.settle(result));
      for (const listener of batch.listeners) listener();
    };
    void departure.result.then(batch.settle);
    return batch;
  }

  return {
    batches,
    start,
    expire() {
      for (const batch of batches)
        if (monotonicMs() > batch.deadlineMs + LATE_MS) {
          batch.deadlineMs += settings.sendTimeout;
          // Perhaps the event loop was blocked, and the answer is there, unread.
          if (world.isRequestBound) batch.settle();
          else setDeadline(() => batch.settle(), 0, world);
        }
    },
  };
}
