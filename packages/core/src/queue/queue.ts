import { withTimeout } from "../engine/with-timeout.js";
import type { BatchEnd, Fold, Send, Stage, Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { createGate } from "./gate.js";
import { createInFlight, type Batch } from "./in-flight.js";
import { createScheduler, LATE_MS } from "./scheduler.js";

/** The one bounded buffer between calls and sends, and the only place that decides when it is sent. */
export interface Queue {
  /** Buffers a metric, folds it when the queue is full, or returns why it is dropped. */
  push: Stage;
  /** Whether Sentry asked for a pause: metrics that arrive meanwhile are folded. */
  isLimited(): boolean;
  /** Ends a pause after failures, such as when the network is back. A rate limit goes on. */
  resume(): void;
  /** Sends everything immediately, whatever is in flight and whatever pause there is. */
  drain(): void;
  /** Sends the client report of what was lost so far, unless there is a pause. */
  report(): Promise<void>;
  /**
   * Sends what waits. `true` once everything recorded since the last flush was delivered; `false` when a
   * part of it was refused, cannot leave within `timeoutMs`, or, without a timeout, when a send failed that
   * will be tried again.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Sends everything for the last time; no timer is set from here on. */
  close(): void;
}

/** What Sentry's specification asks of one batch (wire.md 1.3, "Buffering"). */
const BATCH = 100;
/** A batch may grow to this while others are in flight: load makes fewer, larger requests. */
const BATCH_UNDER_LOAD = 1000;

export function createQueue(
  world: World,
  /** Where pending calls are counted, and losses that no report has mentioned yet. */
  { books, losses }: { readonly books: { pending: number }; readonly losses: readonly unknown[] },
  fold: Fold,
  send: Send,
): Queue {
  const { maxQueueItems, maxQueueBytes, flushInterval, sendTimeout, overflow } = world.settings;
  const { isEnding, isRequestBound, monotonicMs } = world;
  const gate = createGate(world);
  const scheduler = createScheduler(world, onWake);
  const inFlight = createInFlight(world, send, putBack, onEnd);
  /** In the order of arrival. */
  const waiting: Waiting[] = [];
  // Of what waits and what is in flight.
  let items = 0;
  let bytes = 0;
  /** How many metrics ever arrived: the next one's place in the order of arrival. */
  let arrived = 0;
  /** Metrics before this place leave at the next chance, however few they are. */
  let due = 0;
  let sequence = 0;
  let millisecond = NaN;
  /** Batches that ended in a loss, all and those of which a flush has told its caller. */
  let lostBatches = 0;
  let knownLosses = 0;
  let isLeaving = false;

  const hasRoom = (size: number): boolean => items < maxQueueItems && bytes + size <= maxQueueBytes;
  const batchSize = (): number => (inFlight.batches.size ? BATCH_UNDER_LOAD : BATCH);
  /** The place of the first metric that waits. */
  const first = (): number => waiting[0]?.place ?? arrived;
  const isReady = (): boolean => first() < due || waiting.length >= batchSize();

  function enter(metric: Waiting): void {
    // Numbered from 0 within each millisecond, so that order survives coarse clocks (wire.md 1.3).
    const now = Math.floor(metric.time);
    metric.sequence = sequence = now === millisecond ? sequence + 1 : 0;
    millisecond = now;
    metric.place = arrived++;
    waiting.push(metric);
    items++;
    bytes += metric.bytes;
  }

  function putBack(metrics: readonly Waiting[]): void {
    const belongInFront = metrics.every(({ place }) => place < first());
    waiting.unshift(...metrics);
    if (!belongInFront) waiting.sort((a, b) => a.place - b.place);
  }

  /** Folded series become metrics that wait, at least as far as there is room. */
  function unfold(isForced?: boolean): void {
    while (isForced || hasRoom(1)) {
      const metrics = fold.take();
      if (!metrics[0]) return;
      metrics.forEach(enter);
    }
  }

  /** Sends what is ready until there are as many of these batches in flight as there may be. */
  function pump(batches: Set<Batch> = inFlight.batches, mayLeave: () => boolean = isReady): void {
    if (!gate.isLimited()) unfold();
    while (waiting[0] && mayLeave() && batches.size < gate.slots()) {
      const batch = sendNext();
      if (batches === inFlight.batches) continue;
      batches.add(batch);
      batch.listeners.push(() => batches.delete(batch));
    }
    arm();
  }

  function sendNext(isLast?: boolean): Batch {
    const metrics = waiting.splice(0, batchSize());
    // What an envelope has no room for, or comes back, does not wait for others again.
    due = Math.max(due, first());
    return inFlight.start(metrics, isLast);
  }

  function onEnd(metrics: readonly Waiting[], end: BatchEnd): void {
    if (end.isLost) lostBatches++;
    if (end.retry) putBack(metrics);
    else
      for (const metric of metrics) {
        items--;
        bytes -= metric.bytes;
      }
    if (gate.update(end)) scheduler.wakeIn(gate.remainingMs() || 1);
    if (!isRequestBound) pump();
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    // The end of a pause has its timer already.
    if (!waiting[0] || !gate.slots()) return;
    // While all slots are taken the end of a send pumps, or this timer should that end never come.
    const isFull = inFlight.batches.size >= gate.slots();
    const ms = isFull ? sendTimeout + 2 * LATE_MS : isReady() ? 0 : flushInterval;
    if (!scheduler.wakesWithin(ms)) scheduler.wakeIn(ms);
  }

  function onWake(ms: number): void {
    inFlight.expire();
    if (!gate.slots()) {
      gate.open();
      unfold();
    }
    // Unless it was for a full batch alone.
    if (ms) due = arrived;
    pump();
  }

  /** Timers may be lost, or end with the request that set them: then the clock decides. */
  function catchUp(): void {
    inFlight.expire();
    if (!gate.slots() && !gate.remainingMs()) gate.open();
  }

  /** What is recorded while a page ends leaves before its next task, all in one. */
  function leaveSoon(): void {
    if (isLeaving) return;
    isLeaving = true;
    void Promise.resolve().then(() => {
      isLeaving = false;
      drain();
    });
  }

  function drain(): void {
    unfold(true);
    while (waiting[0]) sendNext(true);
    // A page or a process that ends may have no other chance to report.
    if (losses[0]) inFlight.start([]);
  }

  async function report(): Promise<void> {
    if (losses[0] && gate.slots()) await nextEnd([inFlight.start([])]);
  }

  async function flush(timeoutMs = NaN): Promise<boolean> {
    // Without a timeout no comparison with it holds, and a pause, however short, is too long.
    const deadlineMs = monotonicMs() + timeoutMs;
    // Where the platform cancels sends when their request ends, a flush waits for its own.
    const batches = isRequestBound ? new Set<Batch>() : inFlight.batches;
    let end = NaN;
    // Said by the timer as well, should the clock stand still.
    let isLate: unknown;
    while (books.pending) {
      catchUp();
      if (!end && !gate.isLimited()) {
        unfold(true);
        // What is pushed after the call is not waited for, so that steady load cannot hold a flush up.
        end = due = arrived;
      }
      // What it does not wait for would be cut off together with its request.
      if (!isLate) pump(batches, isRequestBound ? () => first() < end : isReady);
      if (first() >= end && ![...batches].some((batch) => startsBefore(batch, end))) break;
      const leftMs = deadlineMs - monotonicMs();
      const pauseMs = gate.remainingMs();
      if (isLate || pauseMs > (leftMs || 0) || leftMs <= 0) {
        if (isRequestBound) for (const batch of batches) batch.settle();
        return false;
      }
      const waitMs = Math.min(leftMs || sendTimeout, pauseMs || sendTimeout);
      isLate = (await withTimeout(nextEnd(batches), waitMs, true, world)) && waitMs === leftMs;
    }
    const isComplete = lostBatches === knownLosses;
    knownLosses = lostBatches;
    return isComplete;
  }

  return {
    push(metric) {
      let kept: Waiting | "buffer_overflow" = metric;
      if (hasRoom(metric.bytes) && (overflow === "drop" || !gate.isLimited())) enter(metric);
      else kept = overflow === "drop" ? "buffer_overflow" : fold.add(metric);
      if (kept !== "buffer_overflow") books.pending++;
      if (scheduler.isLost(metric.time)) {
        due = arrived;
        scheduler.wakeIn(gate.remainingMs());
      } else if (waiting.length === 1 || waiting.length >= BATCH) arm();
      if (isEnding?.()) leaveSoon();
      return kept;
    },
    isLimited: gate.isLimited,
    resume() {
      if (!gate.slots() && !gate.isLimited()) scheduler.wakeIn(1);
    },
    drain,
    report,
    flush,
    close() {
      scheduler.stop();
      gate.open(world.settings.maxInFlight);
      drain();
    },
  };
}

/** Resolves when one of these batches has ended. */
const nextEnd = (batches: Iterable<Batch>): Promise<unknown> =>
  new Promise<void>((resolve) => {
    for (const { listeners } of batches) listeners.push(resolve);
  });

const startsBefore = ({ metrics }: Batch, place: number): boolean =>
  metrics.some((metric) => metric.place < place);
