import type * as opentelemetryApi from "@opentelemetry/api";
import type * as sentryModule from "@sentry/browser-11";
import type * as spanmeterModule from "../../src/index.js";

/** What the scripts of test pages leave on the page, for the functions that tests run there. */
declare global {
  const Spanmeter: typeof spanmeterModule;
  const Sentry: typeof sentryModule;
  const opentelemetry: typeof opentelemetryApi;
}
