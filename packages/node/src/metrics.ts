import { bufferEarly, createMetrics } from "@spanmeter/core";
import type { Metrics } from "@spanmeter/core";
import { asyncTrace } from "./context/async-trace.js";

/**
 * Records with the current client. Of the calls before the first `init()` the first 100 are buffered;
 * `init()` records them, and later ones are dropped and reported as lost (`buffer_overflow`).
 */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(
  /* @__PURE__ */ bufferEarly(asyncTrace),
);
