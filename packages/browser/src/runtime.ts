import { encodeWithoutEncoder, type Exit, type Undo } from "@spanmeter/core";
import { outsideZones } from "./outside-zones.js";

interface PageRuntime extends Exit {
  /** Keeps the process of a server alive while an application waits for `flush()` or `close()`. */
  holdOpen(): Undo;
}

/**
 * The clocks, the timers and the text encoder of a page, a worker or a server that renders pages.
 * Timers and the monotonic clock are taken when this is called: fake ones that a test installs later
 * would stop deadlines, and take what they have pending along when they are removed.
 */
export function createRuntime(): PageRuntime {
  const { setTimeout, clearTimeout, performance } = globalThis;

  function setTimer(fn: () => void, ms: number, holdsOpen?: boolean): Undo {
    const timer = outsideZones(() => setTimeout(fn, ms)) as Timer | undefined;
    if (!holdsOpen) timer?.unref?.();
    return () => clearTimeout(timer);
  }

  return {
    now: () => Date.now(),
    monotonicMs: performance?.now?.bind(performance) ?? Date.now,
    // jsdom has none.
    encodeUtf8: (text) =>
      globalThis.TextEncoder ? new TextEncoder().encode(text) : encodeWithoutEncoder(text),
    setTimer,
    holdOpen: () => setTimer(() => {}, 2 ** 30, true),
  };
}

/** A number on pages. The timer of a server must not keep its process alive. */
type Timer = number & { unref?(): void };
