import type { HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { readBody } from "../ingest/body.js";
import type { Ingest } from "../ingest/ingest.js";

type Env = { Bindings: HttpBindings };

const ALLOWED_HEADERS =
  "x-sentry-auth x-requested-with x-forwarded-for origin referer accept content-type authentication authorization content-encoding transfer-encoding";

/** As Relay answers (relay-server/src/middlewares/cors.rs): any page may send, none may read more than these headers. */
const relayCors = cors({
  origin: "*",
  allowMethods: ["POST"],
  allowHeaders: ALLOWED_HEADERS.split(" "),
  exposeHeaders: ["x-sentry-error", "x-sentry-rate-limits", "retry-after"],
  maxAge: 3600,
});

/** `/stream` is where SDKs with `spotlight: true` send their copy. */
const PATHS = ["/api/:project/envelope/", "/api/:project/envelope", "/stream"];

export function createIngestRoutes(ingest: Ingest): Hono<Env> {
  const app = new Hono<Env>();
  for (const path of PATHS) {
    app.on(["OPTIONS", "POST"], path, relayCors);
    app.post(path, (context) => receive(context, ingest));
  }
  return app;
}

async function receive(context: Context<Env>, ingest: Ingest): Promise<Response> {
  const body = await readBody(context.env.incoming, context.req.header("content-encoding"));
  const result = body.ok ? ingest(body.bytes, context.req.param("project")) : body;
  if (result.ok) return context.json(result.eventId === undefined ? {} : { id: result.eventId });
  context.header("x-sentry-error", result.reason.replaceAll(/[^\x20-\x7e]/g, "?"));
  return context.json({ detail: result.reason }, result.status);
}
