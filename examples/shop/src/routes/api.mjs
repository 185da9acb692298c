import { Hono } from "hono";

export function apiRoutes({ catalogue, checkout, flags, savePhoto }) {
  const app = new Hono();

  app.get("/search", async (context) => {
    const { text = "", visitor = "" } = context.req.query();
    const anywhere = flags.isOn("search_anywhere", visitor);
    return context.json(await catalogue.search(text, { anywhere }));
  });

  app.post("/checkout", async (context) =>
    context.json(await checkout.checkout(await context.req.json()), 201),
  );

  app.post("/orders/:id/refund", async (context) => {
    const { email, reason } = await context.req.json();
    const refunded = await checkout.refund({ id: context.req.param("id"), email, reason });
    return context.json({ refunded }, refunded ? 200 : 409);
  });

  app.post("/products/:id/photos", async (context) => {
    const type = context.req.header("content-type") ?? "unknown";
    const bytes = await context.req.arrayBuffer();
    return context.json({ hash: await savePhoto(context.req.param("id"), type, bytes) }, 201);
  });

  return app;
}
