import type { PlatformRuntime, Undo } from "../platform.js";
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
export function createRuntime(platform: PlatformRuntime, guard: Guard): Required<PlatformRuntime> {
  let lastMonotonicMs = 0;
  let lastTime = 0;
  /** When the monotonic clock read 0, in milliseconds since the epoch. */
  let startedAt = 0;

  function monotonicMs(): number {
    const read = guard("the monotonic clock", platform.monotonicMs);
    if (typeof read === "number" && read > lastMonotonicMs) lastMonotonicMs = read;
    return lastMonotonicMs;
  }

  function now(): number {
    const read = guard("the clock", platform.now);
    return isTime(read) ? (lastTime = read) : Math.max(lastTime, startedAt + monotonicMs());
  }

  function random(): number {
    const read = guard("Math.random", platform.random);
    return typeof read === "number" && read >= 0 && read < 1 ? read : 0.5;
  }

  function setTimer(fn: () => void, ms: number): Undo {
    const undo = guard("setTimeout", () => platform.setTimer(() => void guard("a timer", fn), ms));
    return () => void guard("clearTimeout", () => undo?.());
  }

  function encodeUtf8(text: string): Uint8Array {
    return guard("TextEncoder", () => platform.encodeUtf8(text)) ?? encodeWithoutEncoder(text);
  }

  // `new Date()` still works where `Date.now` was replaced, or else there is no time at all.
  startedAt = (now(), lastTime || new Date().getTime() || 0) - monotonicMs();
  return { now, monotonicMs, random, setTimer, encodeUtf8 };
}

/** For the few places without a `TextEncoder`, such as jsdom. Lone surrogates become U+FFFD. */
export function encodeWithoutEncoder(text: string): Uint8Array {
  const bytes = unescape(encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")));
  return Uint8Array.from(bytes, (unit) => unit.charCodeAt(0));
}
