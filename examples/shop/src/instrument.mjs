// Loaded with `node --import`, so that Sentry is initialised before the modules that it instruments.
import * as Sentry from "@sentry/node";
import { spanmeterIntegration } from "@spanmeter/node/sentry";
import { dsn, environment, release } from "./settings.mjs";

// Sentry's SDK sends spans, errors and logs. Metrics leave through Spanmeter: those of `Sentry.metrics`, and those of
// `metrics` and `withAttributes` from @spanmeter/node.
Sentry.init({
  dsn,
  release,
  environment,
  tracesSampleRate: 1,
  integrations: (defaults) => [
    // Reports every failed payment, even if the previous one failed in the same way.
    ...defaults.filter(({ name }) => name !== "Dedupe"),
    spanmeterIntegration(),
  ],
});
