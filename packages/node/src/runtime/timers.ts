import * as nodeTimers from "node:timers";
import type { Undo } from "@spanmeter/core";

type TimerName = "setTimeout" | "clearTimeout" | "setInterval" | "clearInterval" | "setImmediate";
/** A number in Electron renderers and in jest's jsdom, an object in node. */
type Timer = { unref?(): unknown } | number | undefined;
type TimerFunction = ((...args: unknown[]) => Timer) & {
  /** `@sinonjs/fake-timers` (vitest, sinon, jest) stores the original functions on this clock. */
  readonly clock?: Readonly<Record<string, TimerFunction>>;
};

/** Node's own timers, not the global ones, which a test or a page may have replaced. */
function realTimer(name: TimerName): TimerFunction | undefined {
  const found = (nodeTimers[name] ?? globalThis[name]) as unknown as TimerFunction | undefined;
  return found?.clock?.[`_${name}`] ?? found;
}

// Read when this module is loaded: fake timers that a test installs later change nothing here. They
// also replace the exports of `node:timers`.
const startTimeout = realTimer("setTimeout");
const stopTimeout = realTimer("clearTimeout");
const startInterval = realTimer("setInterval");
const stopInterval = realTimer("clearInterval");
const startImmediate = realTimer("setImmediate") ?? startTimeout;

/** The longest delay a timer accepts, in milliseconds. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Calls `fn` once after `ms` milliseconds. Does not keep the process alive. */
export function setTimer(fn: () => void, ms: number): Undo {
  const timer = startTimeout?.(fn, ms);
  unref(timer);
  return () => void stopTimeout?.(timer);
}

/** Calls `fn` in a new turn of the event loop. Keeps the process alive until then. */
export function inNewTurn(fn: () => void): void {
  startImmediate?.(fn);
}

/** Calls `fn` after everything that is queued in this turn. Does not keep the process alive. */
export function afterThisTurn(fn: () => void): void {
  unref(startImmediate?.(fn));
}

/**
 * Keeps the process alive until it is undone. Timers and sockets of this package are all unref'ed, so
 * without it `await flush()` at the end of a script would end the process instead of waiting.
 */
export function keepProcessAlive(): Undo {
  const timer = startInterval?.(() => {}, LONGEST_DELAY_MS);
  return () => void stopInterval?.(timer);
}

function unref(timer: Timer): void {
  if (typeof timer === "object") timer.unref?.();
}
