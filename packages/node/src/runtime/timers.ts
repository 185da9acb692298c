import * as nodeTimers from "node:timers";
import type { Undo } from "@spanmeter/core";

type TimerName = "setTimeout" | "clearTimeout" | "setInterval" | "clearInterval" | "setImmediate";
/** A number in Electron renderers and in jest's jsdom, an object in node. */
type Timer = { unref?(): unknown } | number | undefined;
type TimerFunction = ((...given: unknown[]) => Timer) & {
  /** What `@sinonjs/fake-timers` (vitest, sinon, jest) replaced stands on its clock. */
  readonly clock?: Readonly<Record<string, TimerFunction>>;
};

/** Node's own timers, rather than the global ones, which a test or a page may have replaced. */
function realTimer(name: TimerName): TimerFunction | undefined {
  const found = (nodeTimers[name] ?? globalThis[name]) as unknown as TimerFunction | undefined;
  return found?.clock?.[`_${name}`] ?? found;
}

// Taken when this module is loaded: fake timers that a test installs later change nothing here. They
// replace what `node:timers` exports, too.
const startTimeout = realTimer("setTimeout");
const stopTimeout = realTimer("clearTimeout");
const startInterval = realTimer("setInterval");
const stopInterval = realTimer("clearInterval");
const startImmediate = realTimer("setImmediate") ?? startTimeout;

/** The longest delay a timer takes. */
const LONG_MS = 2 ** 31 - 1;

/** Calls `fn` once after `ms` milliseconds. Keeps no process alive. */
export function setTimer(fn: () => void, ms: number): Undo {
  const timer = startTimeout?.(fn, ms);
  unref(timer);
  return () => void stopTimeout?.(timer);
}

/** Calls `fn` in a turn of the event loop of its own, which a process waits for. */
export function inOwnTurn(fn: () => void): void {
  startImmediate?.(fn);
}

/** Calls `fn` after everything that waits in this turn. A process that ends before does not wait for it. */
export function afterThisTurn(fn: () => void): void {
  unref(startImmediate?.(fn));
}

/**
 * Keeps the process alive until it is undone. Timers and sockets here never do so by themselves, so
 * without it `await flush()` at the end of a script would end the process instead of waiting.
 */
export function holdOpen(): Undo {
  const timer = startInterval?.(() => {}, LONG_MS);
  return () => void stopInterval?.(timer);
}

function unref(timer: Timer): void {
  if (typeof timer === "object") timer.unref?.();
}
