// Loaded with `node --import`, so that Sentry is initialised before the modules that it instruments.
import * as Sentry from "@sentry/node";
import { init } from "@spanmeter/node";
import { dsn, environment, release } from "./settings.mjs";

// Sentry's SDK sends spans, errors and logs. Spanmeter sends metrics, and reads Sentry's active span.
Sentry.init({
  dsn,
  release,
  environment,
  tracesSampleRate: 1,
  // Reports every failed payment, even if the previous one failed in the same way.
  integrations: (defaults) => defaults.filter(({ name }) => name !== "Dedupe"),
});
init({ dsn, release, environment, flushInterval: 1000 });
