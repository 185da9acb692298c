import type { TransportRuntime } from "@spanmeter/core";

/** The clocks, the timer and the text encoder of an edge runtime. */
export const edgeRuntime: TransportRuntime = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  encodeUtf8: (text) => new TextEncoder().encode(text),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
