import type { TransportRuntime } from "../../src/transport/create-transport.js";

/** The clocks, timers and text encoder of the process, for transports under test. */
export const realRuntime: TransportRuntime = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  encodeUtf8: (text) => new TextEncoder().encode(text),
  setTimer: (fn, ms) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
