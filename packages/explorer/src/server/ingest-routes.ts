import type { HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { readBody } from "../ingest/body/body.js";
import type { Ingest, IngestResult } from "../ingest/ingest.js";
import { decodeEventBody } from "../ingest/body/legacy-event-body.js";
import { clientOf } from "./sender.js";

type Env = { Bindings: HttpBindings };
type IngestContext = Context<Env>;

const ALLOWED_HEADERS =
  "x-sentry-auth x-requested-with x-forwarded-for origin referer accept content-type authentication authorization content-encoding transfer-encoding";

/** The CORS headers of Relay (relay-server/src/middlewares/cors.rs): any page may send, and may read only these headers. */
const relayCors = cors({
  origin: "*",
  allowMethods: ["POST"],
  allowHeaders: ALLOWED_HEADERS.split(" "),
  exposeHeaders: ["x-sentry-error", "x-sentry-rate-limits", "retry-after"],
  maxAge: 3600,
});

/** SDKs with `spotlight: true` send their copy to `/stream`. */
const ENVELOPE_PATHS = ["/api/:project/envelope/", "/api/:project/envelope", "/stream"];
/** SDKs sent single events to these paths before there were envelopes. */
const STORE_PATHS = ["/api/:project/store/", "/api/:project/store", "/api/store/", "/api/store"];

/** Creates the routes that receive envelopes and events. They respond as Relay does. */
export function createIngestRoutes(ingest: Ingest): Hono<Env> {
  const app = new Hono<Env>();
  for (const path of [...ENVELOPE_PATHS, ...STORE_PATHS])
    app.on(["OPTIONS", "POST"], path, relayCors);
  for (const path of ENVELOPE_PATHS)
    app.post(path, async (context) => respond(context, await receiveEnvelope(context, ingest)));
  for (const path of STORE_PATHS) {
    app.post(path, async (context) => respond(context, await receiveEvent(context, ingest)));
    app.get(path, (context) => receivePixel(context, ingest));
  }
  return app;
}

async function receiveEnvelope(context: IngestContext, ingest: Ingest): Promise<IngestResult> {
  const body = await readBody(context.env.incoming, context.req.header("content-encoding"));
  return body.ok ? ingest.envelope(body.bytes, context.req.param("project")) : body;
}

async function receiveEvent(context: IngestContext, ingest: Ingest): Promise<IngestResult> {
  // Relay accepts an envelope here, too, when the content type says so.
  const contentType = context.req.header("content-type") ?? "";
  if (contentType.startsWith("application/x-sentry-envelope"))
    return receiveEnvelope(context, ingest);
  const body = await readBody(context.env.incoming, context.req.header("content-encoding"));
  return body.ok ? decodeEvent(body.bytes, context, ingest) : body;
}

async function decodeEvent(
  bytes: Buffer,
  context: IngestContext,
  ingest: Ingest,
): Promise<IngestResult> {
  const body = await decodeEventBody(bytes);
  const sender = { project: context.req.param("project"), client: clientOf(context.req) };
  return body.ok ? ingest.event(body.bytes, sender) : body;
}

/** A GIF of one pixel: the response to a page that sends its event in the address of an image. */
const PIXEL = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=", "base64");

async function receivePixel(context: IngestContext, ingest: Ingest): Promise<Response> {
  const data = context.req.query("sentry_data") ?? "";
  const result = await decodeEvent(Buffer.from(data), context, ingest);
  return result.ok
    ? context.body(PIXEL, 200, { "content-type": "image/gif" })
    : respond(context, result);
}

function respond(context: IngestContext, result: IngestResult): Response {
  if (result.ok) return context.json(result.eventId === undefined ? {} : { id: result.eventId });
  context.header("x-sentry-error", result.reason.replaceAll(/[^\x20-\x7e]/g, "?"));
  return context.json({ detail: result.reason }, result.status);
}
