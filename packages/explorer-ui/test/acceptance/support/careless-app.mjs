// A program with the real SDK that sends what Sentry would change or drop, which it is nowhere told.
const [dsn] = process.argv.slice(2);
const Sentry = await import("@sentry/node-11");
Sentry.init({ dsn, tracesSampleRate: 1 });
Sentry.metrics.gauge("pool.in_use", Number.NaN);
Sentry.metrics.distribution("race.length", 8, { unit: "furlong" });
Sentry.metrics.count("checkout started!", 1);
Sentry.metrics.count("large.order", 1, { attributes: { basket: "x".repeat(3_000) } });
Sentry.metrics.count("mixed.up", 1);
Sentry.metrics.gauge("mixed.up", 2);
await Sentry.flush(5_000);
