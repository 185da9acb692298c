// A shop with a real SDK: requests with a query inside, and in it metrics, a log and an error. Its metrics have names of
// their own by sender, because several shops send to one explorer.
const [sender, dsn] = process.argv.slice(2);
const Sentry = await (sender === "sentry-10"
  ? import("@sentry/node-10")
  : import("@sentry/node-11"));
Sentry.init({ dsn, tracesSampleRate: 1, enableLogs: true, release: "shop@1" });
// Spanmeter stands beside Sentry's SDK, which sends the spans.
const spanmeter = sender === "spanmeter" ? await import("@spanmeter/node") : undefined;
spanmeter?.init({ dsn });
const metrics = spanmeter?.metrics ?? Sentry.metrics;

for (let request = 1; request <= 5; request++)
  await Sentry.startSpan({ name: "POST /pay", op: "http.server" }, () =>
    Sentry.startSpan({ name: "SELECT * FROM payments", op: "db" }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const attributes = { provider: request === 5 ? "acme" : "pay" };
      metrics.count(`${sender}.checkout`, request, { attributes });
      metrics.gauge(`${sender}.queue`, 10 * request, { attributes });
      metrics.distribution(`${sender}.payment`, 100 * request, { unit: "millisecond", attributes });
      if (request < 5) return;
      Sentry.logger.warn(`${sender} slow query`);
      Sentry.captureException(new Error(`${sender} payment declined`));
    }),
  );
await spanmeter?.close();
await Sentry.flush(5_000);
