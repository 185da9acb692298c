import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";
import { Hono } from "hono";
import { routePath } from "hono/route";
import { PaymentDeclined } from "./services/payment-declined.mjs";
import { adminRoutes } from "./routes/admin.mjs";
import { apiRoutes } from "./routes/api.mjs";
import { pageRoutes } from "./routes/pages.mjs";

export function createApp(shop) {
  const app = new Hono();
  app.use(measureRequest);
  app.route("/", pageRoutes(shop));
  app.route("/api", apiRoutes(shop));
  app.route("/admin", adminRoutes(shop));
  app.onError(answerError);
  return app;
}

async function measureRequest(context, next) {
  const started = performance.now();
  await next();
  metrics.distribution("api.request", performance.now() - started, {
    unit: "millisecond",
    attributes: {
      // The pattern, not the path, which would make a new attribute value for each order.
      route: routePath(context, -1),
      method: context.req.method,
      status: context.res.status,
      side: "server",
    },
  });
}

function answerError(error, context) {
  if (error instanceof PaymentDeclined)
    return context.json({ reason: error.reason, message: error.message }, error.status);
  Sentry.captureException(error);
  return context.json({ message: "Something went wrong" }, 500);
}
