import type { PlatformRuntime, Undo } from "../contract/platform.js";

/** The part of a runtime that measures how long something takes. */
export type Timers = Pick<PlatformRuntime, "monotonicMs" | "setTimer">;

/** The longest time an event loop that was blocked gets for the answers that came meanwhile. */
const MAX_GRACE_MS = 1000;

/**
 * Calls `fn` once after `ms`. A timer that fires late means that the event loop was blocked: answers that
 * arrived meanwhile are read first, for as long as it was late (at most a second).
 */
export function setDeadline(fn: () => void, ms: number, timers: Timers): Undo {
  const { monotonicMs, setTimer } = timers;
  const setAt = monotonicMs();
  let undo = setTimer(() => {
    const lateMs = monotonicMs() - setAt - ms;
    undo = setTimer(fn, Math.min(Math.max(lateMs, 0), MAX_GRACE_MS));
  }, ms);
  return () => undo();
}

/**
 * Resolves with the promise's value, or with `late` once `ms` milliseconds have passed. Without `ms`, or
 * with more than a timer can wait, it takes as long as the promise does.
 */
export function withTimeout<T>(
  promise: Promise<T>,
  ms: number | undefined,
  late: T,
  timers: Timers,
): Promise<T> {
  if (!((ms as number) < 2 ** 31)) return promise;
  return new Promise((resolve, reject) => {
    const undo = setDeadline(() => resolve(late), ms as number, timers);
    promise.finally(undo).then(resolve, reject);
  });
}
