import type { Undo } from "@spanmeter/core";

/** The clock, the timer and the text encoder of a page or a worker. */
export const exit = {
  now: (): number => Date.now(),
  monotonicMs: (): number => performance.now(),
  encodeUtf8: (text: string): Uint8Array => new TextEncoder().encode(text),
  setTimer(fn: () => void, ms: number): Undo {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
