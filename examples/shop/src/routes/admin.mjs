import * as Sentry from "@sentry/node";
import { Hono } from "hono";

export function adminRoutes({ flags }) {
  const app = new Hono();

  app.put("/flags/:flag", async (context) => {
    const flag = context.req.param("flag");
    const { share } = await context.req.json();
    flags.set(flag, share);
    Sentry.logger.info("Flag changed", { flag, share });
    return context.json({ flag, share });
  });

  return app;
}
