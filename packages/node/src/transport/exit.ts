import { TextEncoder } from "node:util";
import type { Exit } from "@spanmeter/core";
import { monotonicMs, now } from "../runtime/clock.js";
import { setTimer } from "../runtime/timers.js";

/** Not the global one, which jest's jsdom lacks. */
const encoder: TextEncoder = new TextEncoder();

/** The clocks, the timer and the text encoder of node. */
export const exit: Exit = {
  now,
  monotonicMs,
  encodeUtf8: (text) => encoder.encode(text),
  setTimer,
};
