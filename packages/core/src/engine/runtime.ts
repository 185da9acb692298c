import type { PlatformRuntime } from "../platform.js";
import type { Guard } from "./guard.js";

/** Times beyond the year 5138 were never meant: `Date` itself ends at 8.64e15. */
const MAX_TIME_MS = 1e14;

const isTime = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value < MAX_TIME_MS;

/**
 * The clock, timers, randomness and text encoder of a platform as the engine calls them: they never
 * throw, and an answer that makes no sense (tests replace `Date.now` by a function that returns
 * nothing) is replaced by one that does.
 */
export function createRuntime(platform: PlatformRuntime, guard: Guard): PlatformRuntime {
  let lastMonotonicMs = 0;
  let lastTime = 0;

  function monotonicMs(): number {
    const read = guard(platform.monotonicMs);
    return isTime(read) && read > lastMonotonicMs ? (lastMonotonicMs = read) : lastMonotonicMs;
  }

  function now(): number {
    const read = guard(platform.now);
    return isTime(read) ? (lastTime = read) : Math.max(lastTime, startedAt + monotonicMs());
  }

  /** When the monotonic clock read 0, in milliseconds since the epoch. */
  let startedAt = 0;
  // `new Date()` still works where `Date.now` was replaced, or else there is no time at all.
  startedAt = (now(), lastTime || Number(new Date()) || 0) - monotonicMs();

  return {
    now,
    monotonicMs,
    random() {
      const read = guard(platform.random) as number;
      return read >= 0 && read < 1 ? read : 0.5;
    },
    setTimer(fn, ms) {
      const undo = guard(() => platform.setTimer(() => guard(fn), ms));
      return () => guard(() => undo?.());
    },
    encodeUtf8: (text) => guard(() => platform.encodeUtf8(text)) ?? encodeWithoutEncoder(text),
  };
}

/** For places without a `TextEncoder`, such as jsdom. Lone surrogates become U+FFFD. */
function encodeWithoutEncoder(text: string): Uint8Array {
  const bytes = unescape(encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")));
  return Uint8Array.from(bytes, (unit) => unit.charCodeAt(0));
}
