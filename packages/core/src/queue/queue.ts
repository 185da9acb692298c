import type { BatchEnd, Send } from "../contract/batch.js";
import type { Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Fold, Stage } from "../contract/stage.js";
import { withTimeout } from "../engine/with-timeout.js";
import { createGate } from "./gate.js";
import { createInFlight, type Batch } from "./in-flight.js";
import { createLine } from "./line.js";
import { createPlainPace, mayBeFull } from "./pace.js";
import { createScheduler, LATE_MS } from "./scheduler.js";

/** The one bounded buffer between calls and sends, and the only place that decides when it is sent. */
export interface Queue {
  /** Buffers a metric, folds it when the queue is full, or returns the reason to drop it. */
  readonly push: Stage;
  /** Whether Sentry asked for a pause: metrics that arrive meanwhile are folded. */
  isLimited(): boolean;
  /** Ends a pause after failures, such as when the network is back. A rate limit goes on. */
  resume(): void;
  /**
   * Moves folded series that are due to those that wait, as far as there is room; with `isForced` one, whether it is
   * due or not. Returns whether there was any.
   */
  unfold(isForced?: boolean): boolean;
  /** Lets everything that waits leave at the next chance, instead of at the end of its interval. */
  hasten(): void;
  /** Sends everything immediately, whatever is in flight and whatever pause there is. */
  drain(): void;
  /** Sends the client report of the losses so far, unless there is a pause. */
  report(): Promise<void>;
  /**
   * Sends pending metrics. `true` once everything recorded since the last flush was delivered; `false` when
   * a part of it was refused, cannot leave within `timeoutMs`, or, without a timeout, when a send failed
   * that will be tried again.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Sends everything for the last time; no timer is set from here on. */
  close(): void;
}

/** Makes the queue of one client. */
export function createQueue(
  engine: Engine,
  /** Counts pending calls; `losses` are those that no client report contains yet. */
  { counts, losses }: { readonly counts: { pending: number }; readonly losses: readonly unknown[] },
  fold: Fold | undefined,
  send: Send,
): Queue {
  const { monotonicMs, platform, settings } = engine;
  const { flushInterval, sendTimeout } = settings;
  const { isRequestBound } = platform;
  const gate = createGate(engine);
  const scheduler = createScheduler(engine, onWake);
  const line = createLine(settings.maxQueueItems, settings.maxQueueBytes);
  const waiting = line.metrics;
  const inFlight = createInFlight(engine, send, line.putBack, onEnd);
  const createPace = platform.createPace ?? createPlainPace;
  const { fullInMs, depart } = createPace(engine, line, inFlight.batches);
  /** Metrics before this arrival index leave at the next chance, however few they are. */
  let dueIndex = 0;
  /** How many batches ended in a loss, and how many of these earlier flushes have reported with `false`. */
  let lostBatches = 0;
  let flushedLosses = 0;
  let isLeaving = false;

  const foldsOverflow = settings.overflow === "fold" ? fold : undefined;

  const isReady = (): boolean => line.firstIndex() < dueIndex || fullInMs() === 0;

  function push(metric: PendingMetric): ReturnType<Stage> {
    let pushed: PendingMetric | "buffer_overflow" = metric;
    const enters = !(foldsOverflow && gate.isLimited()) && line.tryEnter(metric);
    if (!enters) pushed = foldsOverflow ? foldsOverflow.add(metric) : "buffer_overflow";
    if (pushed !== "buffer_overflow") counts.pending++;
    if (scheduler.isLost(metric.time)) {
      dueIndex = line.arrived();
      scheduler.wakeIn(gate.remainingMs());
    } else if (enters && (waiting.length === 1 || mayBeFull(waiting.length))) arm();
    if (platform.isEnding?.()) leaveSoon();
    return pushed;
  }

  /** Moves folded series into the line, as far as there is room. */
  function unfoldAll(isForced?: boolean): void {
    while (fold && (isForced || line.hasRoom(1))) {
      const metrics = fold.take(isForced);
      if (!metrics[0]) return;
      metrics.forEach(line.enter);
    }
  }

  function unfold(isForced?: boolean): boolean {
    const arrived = line.arrived();
    if (isForced && line.hasRoom(1)) fold?.take(true).forEach(line.enter);
    else if (!isForced && !gate.isLimited()) unfoldAll();
    if (line.arrived() > arrived) hasten();
    return line.arrived() > arrived;
  }

  /** Sends what is ready until there are as many of these batches in flight as there may be. */
  function pump(batches: Set<Batch> = inFlight.batches, mayLeave: () => boolean = isReady): void {
    if (!gate.isLimited()) unfoldAll();
    while (waiting[0] && mayLeave() && batches.size < gate.slots()) {
      const batch = sendNext();
      if (batches === inFlight.batches) continue;
      batches.add(batch);
      batch.listeners.push(() => batches.delete(batch));
    }
    arm();
  }

  function sendNext(isLast?: boolean): Batch {
    const metrics = waiting.splice(0, depart());
    // Metrics that an envelope has no room for, or that come back, do not wait for others again.
    dueIndex = Math.max(dueIndex, line.firstIndex());
    return inFlight.start(metrics, isLast);
  }

  function onEnd(metrics: readonly PendingMetric[], end: BatchEnd): void {
    if (end.isLost) lostBatches++;
    if (end.retry) line.putBack(metrics);
    else line.release(metrics);
    if (gate.update(end)) scheduler.wakeIn(gate.remainingMs() || 1);
    if (!isRequestBound) pump();
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    // The end of a pause has its timer already.
    if (!waiting[0] || !gate.slots()) return;
    // While all slots are taken the end of a send pumps, or this timer should that end never come.
    if (inFlight.batches.size >= gate.slots())
      return scheduler.wakeWithin(sendTimeout + 2 * LATE_MS);
    const readyMs = isReady() ? 0 : (fullInMs() ?? Infinity);
    scheduler.wakeWithin(Math.min(readyMs, flushInterval), readyMs < flushInterval);
  }

  function onWake(isForFullBatch?: boolean): void {
    inFlight.expire();
    if (!gate.slots()) {
      gate.open();
      unfoldAll();
    }
    if (!isForFullBatch) dueIndex = line.arrived();
    pump();
  }

  /** Timers may be lost, or end with the request that set them: then the clock decides. */
  function catchUp(): void {
    inFlight.expire();
    if (!gate.slots() && !gate.remainingMs()) gate.open();
  }

  /** Metrics recorded while a page ends leave before its next task, all in one envelope. */
  function leaveSoon(): void {
    if (isLeaving) return;
    isLeaving = true;
    void Promise.resolve().then(() => {
      isLeaving = false;
      drain();
    });
  }

  function drain(): void {
    unfoldAll(true);
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
    let endIndex = NaN;
    // Set by the timer as well, should the clock stand still.
    let isLate: unknown;
    while (counts.pending) {
      catchUp();
      if (!endIndex && !gate.isLimited()) {
        unfoldAll(true);
        // It does not wait for metrics that arrive after the call, so that steady load cannot delay it.
        endIndex = dueIndex = line.arrived();
      }
      // Batches that it does not wait for would be cut off together with its request.
      if (!isLate) pump(batches, isRequestBound ? () => line.firstIndex() < endIndex : isReady);
      if (
        line.firstIndex() >= endIndex &&
        ![...batches].some((batch) => startsBefore(batch, endIndex))
      )
        break;
      const leftMs = deadlineMs - monotonicMs();
      const pauseMs = gate.remainingMs();
      if (isLate || pauseMs > (leftMs || 0) || leftMs <= 0) {
        if (isRequestBound) for (const batch of batches) batch.settle();
        return false;
      }
      const waitMs = Math.min(leftMs || sendTimeout, pauseMs || sendTimeout);
      isLate = (await withTimeout(nextEnd(batches), waitMs, true, engine)) && waitMs === leftMs;
    }
    const isComplete = lostBatches === flushedLosses;
    flushedLosses = lostBatches;
    return isComplete;
  }

  function resume(): void {
    if (!gate.slots() && !gate.isLimited()) scheduler.wakeIn(1);
  }

  function hasten(): void {
    dueIndex = line.arrived();
    arm();
  }

  function close(): void {
    scheduler.stop();
    gate.open(settings.maxInFlight);
    drain();
  }

  return {
    push,
    isLimited: gate.isLimited,
    resume,
    unfold,
    hasten,
    drain,
    report,
    flush,
    close,
  };
}

/** Resolves when one of these batches has ended. */
const nextEnd = (batches: Iterable<Batch>): Promise<unknown> =>
  new Promise<void>((resolve) => {
    for (const { listeners } of batches) listeners.push(resolve);
  });

const startsBefore = ({ metrics }: Batch, end: number): boolean =>
  metrics.some((metric) => metric.arrivalIndex < end);
