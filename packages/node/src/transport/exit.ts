import type { Exit } from "@spanmeter/core";
import { monotonicMs, now } from "../runtime/clock.js";
import { setTimer } from "../runtime/timers.js";
import { encodeUtf8 } from "../runtime/utf8.js";

/** The clocks, the timer and the text encoder of node. */
export const exit: Exit = { now, monotonicMs, encodeUtf8, setTimer };
