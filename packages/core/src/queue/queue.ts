import type { BatchEnd, Fold, Outlet, Stage, Waiting } from "../waiting.js";
import type { World } from "../world.js";
import { createGate } from "./gate.js";
import { createInFlight, type Batch } from "./in-flight.js";
import { createScheduler, LATE_MS } from "./scheduler.js";

/** The one bounded buffer between calls and sends, and the only place that decides when it is sent. */
export interface Queue {
  /** Buffers a metric, folds it when the queue is full, or returns why it is dropped. */
  push: Stage;
  /** Whether Sentry asked for a pause: metrics that arrive meanwhile are folded. */
  isLimited(): boolean;
  /** Sends everything immediately, whatever is in flight and whatever pause there is. */
  drain(): void;
  /** Sends the client report of what was lost so far, unless there is a pause. */
  report(): Promise<void>;
  /**
   * Sends what waits. `true` once everything recorded before the call was delivered; `false` when a part
   * of it was refused, cannot leave within `timeoutMs`, or, without a timeout, when a send failed that
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
/** After so many failures to encode in a row a batch is dropped as `internal_sdk_error`. */
const MAX_FAILED_ENCODINGS = 3;

export function createQueue(
  world: World,
  /** Where pending calls are counted, and losses that no report has mentioned yet. */
  { books, losses }: { readonly books: { pending: number }; readonly losses: readonly unknown[] },
  fold: Fold,
  outlet: Outlet,
): Queue {
  const { maxQueueItems, maxQueueBytes, flushInterval, sendTimeout, overflow } = world.settings;
  const { isRequestBound, monotonicMs } = world;
  const gate = createGate(world);
  const scheduler = createScheduler(world, onWake);
  const inFlight = createInFlight(world, outlet, { onLeftOver: putBack, onEnd });
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
  let failedEncodings = 0;
  /** Batches that ended in a loss. */
  let lostBatches = 0;
  let isLeaving = false;
  const watchers = new Set<() => void>();

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

  /** Metrics that end make room. */
  function release(metrics: readonly Waiting[]): void {
    for (const metric of metrics) {
      items--;
      bytes -= metric.bytes;
    }
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

  function pump(): void {
    if (!gate.isLimited()) unfold();
    while (waiting[0] && isReady() && inFlight.batches.size < gate.slots() && sendNext());
    arm();
    for (const watcher of watchers) watcher();
  }

  /** Sends the next batch; `undefined` when it could not be encoded. */
  function sendNext(): Batch | undefined {
    const metrics = waiting.splice(0, batchSize());
    // What an envelope has no room for, or comes back, does not wait for others again.
    due = Math.max(due, first());
    const batch = inFlight.send(metrics);
    if (batch) failedEncodings = 0;
    else onFailedEncoding(metrics);
    return batch;
  }

  /** Perhaps by the fault of a moment, such as a patched prototype or a full heap. */
  function onFailedEncoding(metrics: readonly Waiting[]): void {
    if (++failedEncodings < MAX_FAILED_ENCODINGS && !world.isClosed) {
      putBack(metrics);
      pause({ pauseMs: 0 });
    } else {
      failedEncodings = 0;
      giveUp(metrics, "internal_sdk_error");
    }
  }

  function onEnd(metrics: readonly Waiting[], end: BatchEnd): void {
    if (end.isLost) lostBatches++;
    if (end.retry) putBack(metrics);
    else release(metrics);
    pause(end);
    if (gate.isBlocked()) {
      if (__DEV__)
        world.warn(
          "blocked",
          "No server was ever reached: an ad blocker, a content security policy or the network blocks every request. Metrics are dropped from here on. A `tunnel` on your own server gets past ad blockers.",
        );
      unfold(true);
      giveUp(waiting.splice(0), "network_error");
    }
    if (!isRequestBound) pump();
  }

  function giveUp(metrics: readonly Waiting[], reason: Parameters<Outlet["giveUp"]>[1]): void {
    lostBatches++;
    release(metrics);
    outlet.giveUp(metrics, reason);
  }

  /** Waits as the end of a batch asks, if it does. */
  function pause(end: BatchEnd): void {
    if (gate.update(end)) scheduler.wakeIn(gate.remainingMs() || 1);
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    // The end of a pause has its timer already.
    if (!waiting[0] || gate.isPaused()) return;
    // While all slots are taken the end of a send pumps, or this timer should that end never come.
    const isFull = inFlight.batches.size >= gate.slots();
    const ms = isFull ? sendTimeout + 2 * LATE_MS : isReady() ? 0 : flushInterval;
    if (!scheduler.wakesWithin(ms)) scheduler.wakeIn(ms);
  }

  function onWake(ms: number): void {
    inFlight.expire();
    if (gate.isPaused()) {
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
    if (gate.isPaused() && !gate.remainingMs()) gate.open();
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
    while (waiting[0] && (sendNext() || world.isClosed));
    // A page or a process that ends may have no other chance to report.
    if (hasReport()) inFlight.send([]);
  }

  const hasReport = (): boolean => Boolean(losses[0]) && !gate.isBlocked();

  async function report(): Promise<void> {
    if (hasReport() && !gate.isPaused()) await inFlight.send([])?.ended;
  }

  /** Resolves with `false` when one of these batches ends or the queue moves, with `true` after `ms`. */
  function nothingHappens(own: ReadonlySet<Batch>, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = (isLate: boolean): void => {
        watchers.delete(watcher);
        undo();
        resolve(isLate);
      };
      const watcher = (): void => stop(false);
      const undo = world.setTimer(() => stop(true), ms);
      if (own === inFlight.batches) watchers.add(watcher);
      else for (const { ended } of own) void ended.then(watcher);
    });
  }

  /**
   * Sends what the flush that asks waits for, as batches of its own: what else it began would be cut off
   * when it returns and its request ends.
   */
  function sendBefore(end: number, own: Set<Batch>): void {
    while (first() < end && own.size < gate.slots()) {
      const batch = sendNext();
      if (!batch) return;
      own.add(batch);
      void batch.ended.then(() => own.delete(batch));
    }
  }

  async function flush(timeoutMs = NaN): Promise<boolean> {
    // Without a timeout no comparison with it holds, and a pause, however short, is too long.
    const deadlineMs = monotonicMs() + timeoutMs;
    const own = new Set<Batch>();
    const batches = isRequestBound ? own : inFlight.batches;
    const lostBefore = lostBatches;
    let end = NaN;
    // Said by the timer as well, should the clock stand still.
    let isLate = false;
    while (books.pending) {
      catchUp();
      if (!end && !gate.isLimited()) {
        unfold(true);
        // What is pushed after the call is not waited for, so that steady load cannot hold a flush up.
        end = due = arrived;
        if (!isRequestBound) pump();
      }
      if (isRequestBound) sendBefore(end, own);
      if (first() >= end && ![...batches].some((batch) => startsBefore(batch, end))) break;
      const leftMs = deadlineMs - monotonicMs();
      const pauseMs = gate.remainingMs();
      if (isLate || pauseMs > (leftMs || 0) || leftMs <= 0) {
        // The platform cancels what is in flight when the request ends.
        for (const batch of own) batch.settle();
        return false;
      }
      const waitMs = Math.min(leftMs || sendTimeout, pauseMs || sendTimeout);
      isLate = (await nothingHappens(batches, waitMs)) && waitMs === leftMs;
    }
    return lostBatches === lostBefore;
  }

  return {
    push(metric) {
      if (gate.isBlocked()) return "network_error";
      let kept: Waiting | "buffer_overflow" = metric;
      if (hasRoom(metric.bytes) && (overflow === "drop" || !gate.isLimited())) enter(metric);
      else kept = overflow === "drop" ? "buffer_overflow" : fold.add(metric);
      if (kept !== "buffer_overflow") books.pending++;
      if (scheduler.isLost(metric.time)) {
        due = arrived;
        scheduler.wakeIn(gate.remainingMs());
      } else arm();
      if (world.isEnding?.()) leaveSoon();
      return kept;
    },
    isLimited: gate.isLimited,
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

const startsBefore = ({ metrics }: Batch, place: number): boolean =>
  metrics.some((metric) => metric.place < place);
