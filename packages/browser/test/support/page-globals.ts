import type * as opentelemetryApi from "@opentelemetry/api";
import type * as sentryModule from "@sentry/browser-11";
import type * as spanmeterModule from "../../src/index.js";

/** The globals that the scripts of test pages set. */
declare global {
  const Spanmeter: typeof spanmeterModule;
  const Sentry: typeof sentryModule;
  const opentelemetry: typeof opentelemetryApi;
}
