import type { BatchEnd, Send, SendResult } from "../contract/batch.js";
import type { Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import { setDeadline } from "../engine/with-timeout.js";
import { LATE_MS } from "./scheduler.js";

/** One envelope without an answer yet. */
export interface Batch {
  /** Empty once it has ended. */
  readonly metrics: readonly PendingMetric[];
  /** By the monotonic clock. */
  deadlineMs: number;
  /** Called once it has ended. */
  readonly listeners: (() => void)[];
  /** Ends it, without a result when no answer came. Later answers are ignored. */
  settle(result?: SendResult): void;
}

/** The batches without an answer. Only this file knows what is in flight, and for how long. */
export interface InFlight {
  readonly batches: Set<Batch>;
  /** Sends the first of these metrics, or only a client report; `isLast` as for {@link Send}. */
  start(metrics: PendingMetric[], isLast?: boolean): Batch;
  /** Ends batches whose timer was lost. */
  expire(): void;
}

/** Keeps the batches of one queue. */
export function createInFlight(
  engine: Engine,
  send: Send,
  /** Metrics that an envelope had no room for. */
  onLeftOver: (metrics: readonly PendingMetric[]) => void,
  onEnd: (metrics: readonly PendingMetric[], end: BatchEnd) => void,
): InFlight {
  const { monotonicMs, platform, settings } = engine;
  const batches = new Set<Batch>();

  function start(metrics: PendingMetric[], isLast?: boolean): Batch {
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
    const undo = setDeadline(() => batch.settle(), settings.sendTimeout, engine);
    batch.settle = (result) => {
      if (!batches.delete(batch)) return;
      undo();
      onEnd(metrics, departure.settle(result));
      // Old garbage can keep a batch alive until a full collection. Its metrics would be most of the heap, and V8
      // would allocate later ones as old objects from the start.
      metrics.length = 0;
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
          if (platform.isRequestBound) batch.settle();
          else setDeadline(() => batch.settle(), 0, engine);
        }
    },
  };
}
