import type { TransportRuntime } from "../../src/transport/create-transport.js";

/** What a transport needs of a platform, taken from the real one. */
export const realExit: TransportRuntime = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  encodeUtf8: (text) => new TextEncoder().encode(text),
  setTimer: (fn, ms) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
