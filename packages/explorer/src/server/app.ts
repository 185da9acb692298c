import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Ingest } from "../ingest/ingest.js";
import type { Queries } from "../answers/queries.js";
import { StoreWriteError } from "../store/store-error.js";
import type { Store } from "../store/store.js";
import { EXPLORER_HEADER } from "../options/explorer-header.js";
import { VERSION } from "../options/version.js";
import { answerCache } from "./answer-cache.js";
import { createApiRoutes } from "./api-routes.js";
import { createIngestRoutes } from "./ingest-routes.js";
import { createLiveRoutes } from "./live-routes.js";
import { createPageRoutes } from "./page-routes.js";
import { readGuard } from "./read-guard.js";

type Env = { Bindings: HttpBindings };

interface AppParts {
  ingest: Ingest;
  queries: Queries;
  store: Store;
  /** Folder of the built page; without one there is no page. */
  page?: string | undefined;
}

const WELCOME = `Spanmeter explorer

Open:  this address in a browser
Send:  POST /api/<project>/envelope/   POST /stream   POST /api/<project>/store/
Read:  GET /api/metrics                GET /api/movers
       GET /api/metrics/<name>/series  GET /api/metrics/<name>/exemplars
       GET /api/metrics/<name>/table   GET /api/metrics/<name>/heatmap
       GET /api/metrics/<name>/samples GET /api/metrics/<name>/attributes
       GET /api/samples                POST /api/metrics/<name>/changes
       GET /api/traces                 GET /api/traces/<id>
       GET /api/events                 GET /api/items/<id>
       GET /api/verdicts               GET /api/cost
       GET /api/stats
       GET /api/stream (server-sent events)
       GET /api/openapi.json (this API in OpenAPI)
`;

/** Creates the app with every route. Routes before the read guard are for everyone, routes after it for this machine only. */
export function createApp({ ingest, queries, store, page }: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async function addHeaders(context, next) {
    await next();
    // SDKs and tools recognize a Spotlight server by this header.
    context.header("x-powered-by", "spotlight-by-sentry");
    context.header(EXPLORER_HEADER, VERSION);
  });
  app.route("/", createIngestRoutes(ingest));
  if (page !== undefined) app.route("/", createPageRoutes(page));
  app.use(readGuard);
  app.route("/", createLiveRoutes(store));
  app.use("/api/*", answerCache(store.lastSeq));
  app.route("/api", createApiRoutes(queries));
  app.get("/", (context) => context.text(WELCOME));
  app.notFound((context) =>
    context.json(
      {
        error: { code: "not_found", message: `No ${context.req.method} ${context.req.path} here` },
      },
      404,
    ),
  );
  app.onError((error, context) => {
    // Relay responds with 503, too, when it cannot queue.
    if (error instanceof StoreWriteError)
      return context.json({ error: { code: "unavailable", message: error.message } }, 503);
    return context.json({ error: { code: "internal", message: error.message } }, 500);
  });
  return app;
}
