import { createRequire } from "node:module";

/**
 * `@sentry/node` 11.12 of bench, or that of the tests of `packages/node` in a smoke run, which installs
 * nothing.
 */
export const Sentry = await import("@sentry/node").catch(() =>
  createRequire(new URL("../../packages/node/package.json", import.meta.url))("@sentry/node-11"),
);

export const DSN = "http://public@127.0.0.1:9/1";

const nowhere = () => ({ send: async () => ({ statusCode: 200 }), flush: async () => true });

/** Initialises Sentry like an application that only uses tracing. */
export function initTracing(options) {
  Sentry.init({
    dsn: DSN,
    tracesSampleRate: 1,
    defaultIntegrations: false,
    transport: nowhere,
    ...options,
  });
}

/** Runs `fn` inside an active span. */
export const inSpan = (fn) => Sentry.startSpan({ name: "bench" }, fn);

/**
 * Creates scopes with a span each, and returns a function that runs its argument in the next one of them. Making
 * scopes and spans is the work of tracing and no cost of a metric.
 */
export function changeSpans() {
  const scopes = Array.from({ length: 64 }, () =>
    Sentry.withActiveSpan(Sentry.startInactiveSpan({ name: "bench" }), (scope) => scope),
  );
  let next = 0;
  return (fn) => Sentry.withScope(scopes[next++ % scopes.length], fn);
}
