import { Hono } from "hono";
import { page, scripts } from "../page.mjs";

export function pageRoutes({ catalogue }) {
  const app = new Hono();
  app.get("/", async (context) => context.html(page(await catalogue.list())));
  for (const [path, text] of Object.entries(scripts))
    app.get(path, (context) => context.body(text, 200, { "content-type": "text/javascript" }));
  return app;
}
