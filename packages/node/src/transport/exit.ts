import type { Exit } from "@spanmeter/core";

/** The clock, the timer and the text encoder of node. */
export const exit: Exit = {
  now: () => Date.now(),
  encodeUtf8: (text) => new TextEncoder().encode(text),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, ms).unref();
    return () => clearTimeout(timer);
  },
};
