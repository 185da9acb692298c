import type * as opentelemetryApi from "@opentelemetry/api";
import type * as sentryModule from "@sentry/browser-11";
import type * as spanmeterModule from "../../src/index.js";
import type * as behindSentryModule from "../../src/sentry.js";
import type * as startSentryModule from "../pages/start-sentry.js";

/** The globals that the scripts of test pages set. */
declare global {
  const Spanmeter: typeof spanmeterModule;
  const Sentry: typeof sentryModule;
  const SpanmeterSentry: typeof behindSentryModule;
  const startSentry: typeof startSentryModule.startSentry;
  const opentelemetry: typeof opentelemetryApi;
}
