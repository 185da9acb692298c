import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";
import { Hono } from "hono";
import { routePath } from "hono/route";
import { page, scripts } from "./page.mjs";
import { PaymentDeclined } from "./payment-declined.mjs";

/** Every route of the shop. */
export function createApp({ catalogue, checkout, flags, savePhoto }) {
  const app = new Hono();
  app.use(measureRequests);

  app.get("/", async (context) => context.html(page(await catalogue.list())));
  for (const [path, text] of Object.entries(scripts))
    app.get(path, (context) => context.body(text, 200, { "content-type": "text/javascript" }));

  app.get("/api/search", async (context) => {
    const { text = "", visitor = "" } = context.req.query();
    const anywhere = flags.isOn("search_anywhere", visitor);
    return context.json(await catalogue.search(text, { anywhere }));
  });
  app.post("/api/checkout", async (context) =>
    context.json(await checkout.checkout(await context.req.json()), 201),
  );
  app.post("/api/orders/:id/refund", async (context) => {
    const id = context.req.param("id");
    const refunded = await checkout.refund({ ...(await context.req.json()), id });
    return context.json({ refunded }, refunded ? 200 : 409);
  });
  app.post("/api/products/:id/photos", async (context) => {
    const type = context.req.header("content-type") ?? "unknown";
    const bytes = await context.req.arrayBuffer();
    return context.json({ hash: await savePhoto(context.req.param("id"), type, bytes) }, 201);
  });
  app.put("/admin/flags/:flag", async (context) => {
    const { share } = await context.req.json();
    flags.set(context.req.param("flag"), share);
    Sentry.logger.info("Flag changed", { flag: context.req.param("flag"), share });
    return context.json({ share });
  });

  app.onError((error, context) => {
    if (error instanceof PaymentDeclined)
      return context.json({ reason: error.reason, message: error.message }, 402);
    Sentry.captureException(error);
    return context.json({ message: "Something went wrong" }, 500);
  });
  return app;
}

async function measureRequests(context, next) {
  const started = performance.now();
  await next();
  metrics.distribution("api.request", performance.now() - started, {
    unit: "millisecond",
    attributes: {
      route: routePath(context, -1),
      method: context.req.method,
      status: context.res.status,
      side: "server",
    },
  });
}
