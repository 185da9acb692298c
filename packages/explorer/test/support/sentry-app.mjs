// A small program with the real SDK: one request with a query inside, and in it a metric, a log and an error.
const [major, dsn, traceLifecycle, spotlight] = process.argv.slice(2);
const majors = {
  8: () => import("@sentry/node-8"),
  9: () => import("@sentry/node-9"),
  10: () => import("@sentry/node-10"),
  11: () => import("@sentry/node-11"),
};
const Sentry = await majors[major]();

Sentry.init({
  ...(dsn === "none" ? {} : { dsn }),
  ...(spotlight === undefined ? {} : { spotlight }),
  tracesSampleRate: 1,
  traceLifecycle,
  enableLogs: true,
  // Where 9 looks for the same.
  _experiments: { enableLogs: true },
  release: "shop@1",
});

await Sentry.startSpan({ name: "GET /checkout", op: "http.server" }, async () => {
  await Sentry.startSpan({ name: "SELECT 1", op: "db" }, async (span) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    // 8 has no logs, 8 and 9 have no metrics of this kind.
    Sentry.metrics?.count?.("checkout.started", 2, { attributes: { route: "/checkout" } });
    Sentry.metrics?.distribution?.("query.duration", 12.5, { unit: "millisecond" });
    Sentry.logger?.warn("slow query");
    Sentry.captureException(new Error("payment declined"));
    process.stdout.write(span.spanContext().traceId);
  });
});
Sentry.metrics?.gauge?.("pool.in_use", Number.NaN);
await Sentry.flush(5_000);
