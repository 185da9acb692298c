import { encodeWithoutEncoder, type Exit } from "@spanmeter/core";
import { outsideZones } from "./outside-zones.js";

/**
 * The clocks, the timers and the text encoder of a page, a worker or a server that renders pages.
 * Timers and the monotonic clock are taken when this is called: fake ones that a test installs later
 * would stop deadlines, and take what they have pending along when they are removed.
 */
export function createRuntime(): Exit {
  const { setTimeout, clearTimeout, performance } = globalThis;
  return {
    now: () => Date.now(),
    monotonicMs: performance?.now?.bind(performance) ?? Date.now,
    // jsdom has none.
    encodeUtf8: (text) =>
      globalThis.TextEncoder ? new TextEncoder().encode(text) : encodeWithoutEncoder(text),
    setTimer(fn, ms) {
      const timer = outsideZones(() => setTimeout(fn, ms)) as Timer | undefined;
      timer?.unref?.();
      return () => clearTimeout(timer);
    },
  };
}

/** A number on pages. The timer of a server must not keep its process alive. */
type Timer = number & { unref?(): void };
