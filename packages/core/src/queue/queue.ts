import type { Gate } from "../gate.js";
import type { Undo } from "../platform.js";
import type { Fold, Stage, Waiting } from "../waiting.js";
import type { World } from "../world.js";

/** The one bounded waiting room, and the only place that knows when it opens. */
export interface Queue {
  /** Takes a metric in, folds it when it is full, or answers `buffer_overflow`. */
  push: Stage;
  /** To be called when the gate has opened or closed. */
  look(): void;
  /** Lets out everything at once, whatever is under way or asked of it. */
  drain(): void;
  /**
   * Lets out what waits. `true` once all that was recorded before has ended; `false` once that cannot
   * be within `timeoutMs`, or, without it, when a send failed that will be tried again.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Lets go of the timer. */
  close(): void;
}

/** A batch on its way: how many metrics of those offered it took, and, at its end, whether to send them again. */
export type Departure = readonly [taken: number, done: Promise<boolean>];

interface Batch {
  /** The place of its first metric in the order of arrival. */
  readonly start: number;
  readonly metrics: Waiting[];
}

/** What Sentry's specification asks of one batch (wire.md 1.3, "Buffering"). */
const BATCH = 100;
/** What a batch may grow to while others are under way: load makes fewer, larger requests. */
const BATCH_UNDER_LOAD = 1000;

export function createQueue(
  world: World,
  gate: Readonly<Gate>,
  /** Where calls that wait or are under way are counted; delivery takes off what has ended. */
  books: { pending: number },
  fold: Fold,
  depart: (batch: readonly Waiting[]) => Departure,
): Queue {
  const { maxQueueItems, maxQueueBytes, flushInterval, overflow } = world.settings;
  const folds = overflow !== "drop";
  const waiting: Waiting[] = [];
  const underWay = new Set<Batch>();
  /** Batches to be sent again that have no place at the head of those that wait. */
  const returned: Batch[] = [];
  /** Metrics that ever came in: the place of the next one in the order of arrival. */
  let arrived = 0;
  /** All before this place must leave at the next chance, however few they are. */
  let due = 0;
  // Of what waits and what is under way.
  let items = 0;
  let bytes = 0;
  let sequence = 0;
  let millisecond = NaN;
  let timer: Undo | undefined;
  let timerMs = 0;
  const watchers: (() => void)[] = [];

  const first = (): number => arrived - waiting.length;
  const batchSize = (): number => (underWay.size ? BATCH_UNDER_LOAD : BATCH);
  const isReady = (): boolean =>
    returned.length > 0 || first() < due || waiting.length >= batchSize();
  const isEmpty = (): boolean => waiting.length + returned.length === 0;
  const isFull = (): boolean => items >= maxQueueItems || bytes >= maxQueueBytes;

  function enter(metric: Waiting): void {
    waiting.push(metric);
    arrived++;
    items++;
    bytes += metric.bytes;
  }

  /** What was folded joins those that wait. */
  function unfold(hasRoom: () => boolean): void {
    while (hasRoom()) {
      const metrics = fold.take();
      if (metrics.length === 0) return;
      for (const [i, metric] of metrics.entries()) {
        metric.sequence = i;
        enter(metric);
      }
    }
  }

  function pump(): void {
    if (!gate.isLimited) unfold(() => !isFull());
    while (!isEmpty() && isReady() && underWay.size < gate.slots) letOut();
    arm();
    for (const look of watchers.splice(0)) look();
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    const ms = isReady() ? 0 : flushInterval;
    // With all sends under way, or nothing to be sent, the end of one or the gate pumps.
    if (isEmpty() || underWay.size >= gate.slots || (timer && timerMs <= ms)) return;
    timer?.();
    timerMs = ms;
    timer = world.setTimer(() => {
      timer = undefined;
      if (ms > 0) due = arrived;
      pump();
    }, ms);
  }

  function letOut(): void {
    // Taken out and counted as under way before anything else runs: a transport or an `onDrop` that
    // flushes in turn must not find these metrics a second time.
    const batch = returned.shift() ?? { start: first(), metrics: waiting.splice(0, batchSize()) };
    const { start, metrics } = batch;
    // What an envelope has no room for, or comes back, does not wait for others again.
    due = Math.max(due, start + metrics.length);
    underWay.add(batch);
    const [taken, done] = depart(metrics);
    putBack(start + taken, metrics.splice(taken));
    void done.then((again) => {
      underWay.delete(batch);
      if (again) putBack(start, metrics);
      else {
        items -= metrics.length;
        for (const metric of metrics) bytes -= metric.bytes;
      }
      pump();
    });
  }

  function putBack(start: number, metrics: Waiting[]): void {
    if (start + metrics.length === first()) waiting.unshift(...metrics);
    else if (metrics.length > 0) returned.push({ start, metrics });
  }

  return {
    push(metric) {
      if (isFull() || bytes + metric.bytes > maxQueueBytes || (gate.isLimited && folds)) {
        const kept = folds ? fold.add(metric) : "buffer_overflow";
        if (kept !== "buffer_overflow") books.pending++;
        return kept;
      }
      // Numbered from 0 within each millisecond, so that order survives coarse clocks (wire.md 1.3).
      const now = Math.floor(metric.time);
      metric.sequence = sequence = now === millisecond ? sequence + 1 : 0;
      millisecond = now;
      books.pending++;
      enter(metric);
      if (!timer || timerMs > 0) arm();
      return metric;
    },
    look() {
      if (!gate.opensAt) {
        unfold(() => !isFull());
        due = arrived;
      }
      pump();
    },
    drain() {
      unfold(() => true);
      while (!isEmpty()) letOut();
    },
    async flush(timeoutMs = NaN) {
      const deadline = world.now() + timeoutMs;
      const mayBeSoon = async (): Promise<boolean> => {
        if (gate.opensAt > (deadline || 0) || world.now() > deadline) return false;
        await new Promise<void>((resolve) => watchers.push(resolve));
        return true;
      };
      while (gate.isLimited && books.pending > 0) if (!(await mayBeSoon())) return false;
      unfold(() => true);
      // What is pushed after the call is not waited for, so that steady load cannot hold a flush up.
      const end = (due = arrived);
      pump();
      while (first() < end || [...underWay, ...returned].some(({ start }) => start < end))
        if (!(await mayBeSoon())) return false;
      return true;
    },
    close: () => timer?.(),
  };
}
