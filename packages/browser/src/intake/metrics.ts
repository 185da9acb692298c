import {
  beforeSend,
  bufferEarly,
  createClientOn,
  createMetrics,
  getClient,
  openTelemetry,
  recordBehindSentry,
  sampling,
} from "@spanmeter/core";
import type { Metrics } from "@spanmeter/core";
import { sentry } from "../parts.js";

/**
 * Records into the queue behind `Sentry.metrics`: for what the SDK's calls cannot say (`timestamp`, `trace`,
 * `sampleRate`), and where a call must be cheap. Of the calls before `Sentry.init` the first 100 are buffered.
 */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(function startBehindSentry(early) {
  recordBehindSentry((pipeline) =>
    createClientOn(pipeline, { ...pipeline.engine.settings }, [
      sentry(),
      openTelemetry(),
      sampling(),
      beforeSend(),
    ]),
  );
  return getClient()?.metrics ?? bufferEarly()(early);
});
