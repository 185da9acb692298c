import type { Exit } from "@spanmeter/core";

const encoder = new TextEncoder();

/** The clock, the timer and the text encoder of node. */
export const exit: Exit = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  encodeUtf8: (text) => encoder.encode(text),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, ms).unref();
    return () => clearTimeout(timer);
  },
};
