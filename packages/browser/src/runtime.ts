import { encodeWithoutEncoder, type TransportRuntime, type Undo } from "@spanmeter/core";
import { outsideZones } from "./outside-zones.js";

/** The clocks and timers of a page, a worker or a server that renders pages. */
export interface PageRuntime extends TransportRuntime {
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
    // A number on pages, an object on servers, nothing where a test made `setTimeout` up.
    const timer: unknown = outsideZones(() => setTimeout(fn, ms));
    if (!holdsOpen) (timer as Partial<ServerTimer> | undefined)?.unref?.();
    return () => clearTimeout(timer as number);
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

/** A timer of a server, which must not keep the process alive. */
interface ServerTimer {
  unref(): void;
}
