// Loaded with `node --import`, so that Sentry is there before the modules it instruments.
import * as Sentry from "@sentry/node";
import { init } from "@spanmeter/node";
import { dsn, environment, release } from "./settings.mjs";

// Spans, errors and logs travel with Sentry's SDK, metrics with Spanmeter, which finds Sentry's spans.
Sentry.init({
  dsn,
  release,
  environment,
  tracesSampleRate: 1,
  // Every failed payment is told, even when the one before it failed in the same way.
  integrations: (defaults) => defaults.filter(({ name }) => name !== "Dedupe"),
});
init({ dsn, release, environment, flushInterval: 1000 });
