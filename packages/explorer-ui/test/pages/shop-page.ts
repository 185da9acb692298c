// The same shop in a browser; bundled for a page of its own.
import * as Sentry from "@sentry/browser-11";

declare global {
  /** Runs the shop, which sends to the DSN. */
  var runShop: (sender: string, dsn: string) => Promise<void>;
}

globalThis.runShop = async (sender, dsn) => {
  Sentry.init({ dsn, tracesSampleRate: 1, release: "shop@1" });
  for (let request = 1; request <= 5; request++)
    Sentry.startSpan({ name: "click pay", op: "ui.action" }, () =>
      Sentry.startSpan({ name: "SELECT * FROM payments", op: "db" }, () => {
        const attributes = { provider: request === 5 ? "acme" : "pay" };
        Sentry.metrics.count(`${sender}.checkout`, request, { attributes });
        Sentry.metrics.gauge(`${sender}.queue`, 10 * request, { attributes });
        Sentry.metrics.distribution(`${sender}.payment`, 100 * request, {
          unit: "millisecond",
          attributes,
        });
      }),
    );
  await Sentry.flush(5_000);
};
