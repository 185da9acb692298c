// The entry for runtimes without node. It exports the names of sentry.ts, whose types apply here too.
export { attributeRules, fold, keyedHash, raw, reservoir, sample } from "@spanmeter/core";
export { makeMetricsTransport, spanmeterIntegration } from "./edge/intake.js";
export { metrics } from "./edge/metrics.js";
