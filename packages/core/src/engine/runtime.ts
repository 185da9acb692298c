import type { Guard } from "../contract/engine.js";
import type { PlatformRuntime } from "../contract/platform.js";

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

  function monotonicMs(): number {
    const read = guard(platform.monotonicMs);
    return isTime(read) && read > lastMonotonicMs ? (lastMonotonicMs = read) : lastMonotonicMs;
  }

  // Every call reads the clock. The guard serves so many functions that it is never inlined, which
  // would make a call slower by a fifth: it is called only when the clock fails.
  function now(): number {
    try {
      const read = platform.now();
      if (isTime(read)) return read;
    } catch {
      guard(platform.now);
    }
    return startedAt + monotonicMs();
  }

  /** The time at which the monotonic clock was at 0. Set before the first use of `now`, which reads it. */
  let startedAt = -monotonicMs();
  // `new Date()` still works where `Date.now` was replaced, or else there is no time at all.
  startedAt = (now() || Number(new Date()) || 0) - monotonicMs();

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

/** For the few places without a `TextEncoder`, such as jsdom. Lone surrogates become U+FFFD. */
export function encodeWithoutEncoder(text: string): Uint8Array {
  const bytes = unescape(encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")));
  return Uint8Array.from(bytes, (unit) => unit.charCodeAt(0));
}
