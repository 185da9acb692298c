// Loaded with `node --import`, so that Sentry is initialised before the modules that it instruments.
import * as Sentry from "@sentry/node";
import { fold, reservoir, spanmeterIntegration } from "@spanmeter/node/sentry";
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
    spanmeterIntegration({
      // The metrics with most calls. Of each query a few values every four seconds, with weights, say as much as all of
      // them; the fastest and the slowest, which lead to a trace, are always among them. Of the pool the last, the least
      // and the greatest number of connections are enough.
      volume: [
        { match: "query.duration_ms", policy: reservoir({ size: 5, interval: 4000 }) },
        { match: "pool.in_use", policy: fold({ by: "series", interval: 2000 }) },
      ],
    }),
  ],
});
