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

/** Creates spans, and returns a function that runs its argument inside the next one of them. */
export function changeSpans() {
  const spans = Array.from({ length: 64 }, () => Sentry.startInactiveSpan({ name: "bench" }));
  let next = 0;
  return (fn) => Sentry.withActiveSpan(spans[next++ % spans.length], fn);
}
