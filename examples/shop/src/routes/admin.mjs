import * as Sentry from "@sentry/node";
import { getClient } from "@spanmeter/node";
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

  /** Calls, items and billed bytes of each metric of this process. */
  app.get("/metrics", (context) => context.json(getClient()?.stats().metrics ?? []));

  return app;
}
