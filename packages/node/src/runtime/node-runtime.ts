import type { TransportRuntime } from "@spanmeter/core";
import { monotonicMs, now } from "./clock.js";
import { setTimer } from "./timers.js";
import { encodeUtf8 } from "./utf8.js";

/** The clocks, the timer and the text encoder of node. */
export const nodeRuntime: TransportRuntime = { now, monotonicMs, encodeUtf8, setTimer };
