import type { Undo } from "@spanmeter/core";

const encoder = new TextEncoder();

/** What the engine and the transports of core need of node. */
export const exit: {
  now(): number;
  encodeUtf8(text: string): Uint8Array;
  setTimer(fn: () => void, ms: number): Undo;
} = {
  now: () => Date.now(),
  encodeUtf8: (text) => encoder.encode(text),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, ms).unref();
    return () => clearTimeout(timer);
  },
};
