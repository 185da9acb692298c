import type { Undo } from "../platform.js";
import type { Stage, Waiting } from "../waiting.js";
import type { World } from "../world.js";

/** The one bounded waiting room, and the only place that knows when it opens. */
export interface Queue {
  /** Takes a metric in, or answers `buffer_overflow` when it is full. */
  push: Stage;
  /** Lets out everything at once, however many batches are under way. */
  drain(): void;
  /** Lets out what waits and resolves once it and all that is under way has ended. */
  flush(): Promise<void>;
  /** Lets go of the timer. */
  close(): void;
}

/** A batch on its way: how many metrics of those offered it took, and when it has ended. */
export type Departure = readonly [taken: number, done: Promise<void>];

/** What Sentry's specification asks of one batch (wire.md 1.3, "Buffering"). */
const BATCH = 100;
/** What a batch may grow to while others are under way: load makes fewer, larger requests. */
const BATCH_UNDER_LOAD = 1000;

export function createQueue(
  world: World,
  /** Where metrics that wait or are under way are counted; delivery takes off what has ended. */
  books: { pending: number },
  depart: (batch: readonly Waiting[]) => Departure,
): Queue {
  const { settings } = world;
  const waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  /** How many of those that wait must leave at the next chance, however few they are. */
  let due = 0;
  let bytes = 0;
  let sequence = 0;
  let millisecond = NaN;
  let timer: Undo | undefined;
  let timerMs = 0;

  const batchSize = (): number => (underWay.size ? BATCH_UNDER_LOAD : BATCH);
  const isReady = (): boolean => due > 0 || waiting.length >= batchSize();

  function pump(): void {
    while (waiting.length > 0 && isReady() && underWay.size < settings.maxInFlight) letOut();
    arm();
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    const ms = isReady() ? 0 : settings.flushInterval;
    // With all sends under way, the end of one of them pumps.
    if (waiting.length === 0 || underWay.size >= settings.maxInFlight || (timer && timerMs <= ms))
      return;
    timer?.();
    timerMs = ms;
    timer = world.setTimer(() => {
      timer = undefined;
      if (ms > 0) due = waiting.length;
      pump();
    }, ms);
  }

  function letOut(): void {
    // Taken out and counted as under way before anything else runs: a transport or an `onDrop` that
    // flushes in turn must not find these metrics a second time.
    const batch = waiting.splice(0, batchSize());
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    underWay.add(ended);
    due -= batch.length;
    const [taken, done] = depart(batch);
    due += batch.length - taken;
    waiting.unshift(...batch.splice(taken));
    void done.then(() => {
      underWay.delete(ended);
      for (const metric of batch) bytes -= metric.bytes;
      pump();
      end();
    });
  }

  return {
    push(metric) {
      if (books.pending >= settings.maxQueueItems || bytes + metric.bytes > settings.maxQueueBytes)
        return "buffer_overflow";
      // Numbered from 0 within each millisecond, so that order survives coarse clocks (wire.md 1.3).
      const now = Math.floor(metric.time);
      metric.sequence = sequence = now === millisecond ? sequence + 1 : 0;
      millisecond = now;
      waiting.push(metric);
      books.pending++;
      bytes += metric.bytes;
      if (!timer || timerMs > 0) arm();
      return metric;
    },
    drain() {
      while (waiting.length > 0) letOut();
    },
    async flush() {
      // What is pushed after the call is not waited for, so that steady load cannot hold a flush up.
      due = waiting.length;
      pump();
      while (due > 0) await Promise.race(underWay);
      await Promise.all(underWay);
    },
    close: () => timer?.(),
  };
}
