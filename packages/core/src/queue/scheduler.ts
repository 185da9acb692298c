import type { Undo } from "../contract/platform.js";
import type { Engine } from "../contract/engine.js";

/** The one timer of a queue: for the next batch, or for the end of a pause. */
export interface Scheduler {
  /** Wakes the queue after `ms` instead of whenever it was to be woken; `isForFullBatch` is passed to it. */
  wakeIn(ms: number, isForFullBatch?: boolean): void;
  /** Like `wakeIn`, unless the queue is woken within `ms` anyway. */
  wakeWithin(ms: number, isForFullBatch?: boolean): void;
  /** Whether the timer should have fired long ago. `time` is a recent reading of the wall clock. */
  isLost(time: number): boolean;
  stop(): void;
}

/** How late a timer may be before it counts as lost: event loops are rarely blocked for longer. */
export const LATE_MS = 1000;

/** Makes a scheduler that calls `wake`. */
export function createScheduler(
  engine: Engine,
  wake: (isForFullBatch?: boolean) => void,
): Scheduler {
  const { monotonicMs, now, platform, setTimer } = engine;
  let undo: Undo | undefined;
  let delayMs = 0;
  let setAtMs = 0;
  let setAt = 0;

  function stop(): void {
    undo?.();
    undo = undefined;
  }

  function wakeIn(ms: number, isForFullBatch?: boolean): void {
    // Where timers end with the request that set them, only a flush sends.
    if (platform.isRequestBound) return;
    stop();
    delayMs = ms;
    setAt = now();
    setAtMs = monotonicMs();
    undo = setTimer(() => {
      undo = undefined;
      wake(isForFullBatch);
    }, ms);
  }

  return {
    wakeIn,
    wakeWithin(ms, isForFullBatch) {
      if (!undo || delayMs > ms) wakeIn(ms, isForFullBatch);
    },
    // A page may clear all timeouts, and a test remove its fake timers. The wall clock is read first,
    // so that most calls do not read a second clock.
    isLost(time) {
      const lateMs = delayMs + LATE_MS;
      return Boolean(undo) && Math.abs(time - setAt) > lateMs && monotonicMs() - setAtMs > lateMs;
    },
    stop,
  };
}
