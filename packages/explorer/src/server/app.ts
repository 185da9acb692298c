import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Ingest } from "../ingest/ingest.js";
import type { Queries } from "../answers/queries.js";
import { StoreWriteError } from "../store/store-error.js";
import type { Store } from "../store/store.js";
import { EXPLORER_HEADER } from "../options/explorer-header.js";
import { VERSION } from "../options/version.js";
import { createApiRoutes } from "./api-routes.js";
import { createIngestRoutes } from "./ingest-routes.js";
import { createLiveRoutes } from "./live-routes.js";
import { readGuard } from "./read-guard.js";

type Env = { Bindings: HttpBindings };

interface AppParts {
  ingest: Ingest;
  queries: Queries;
  store: Store;
}

const WELCOME = `Spanmeter explorer

Send:  POST /api/<project>/envelope/   POST /stream   POST /api/<project>/store/
Read:  GET /api/metrics                GET /api/metrics/<name>/query
       GET /api/metrics/<name>/samples GET /api/metrics/<name>/attributes
       GET /api/samples                GET /api/traces/<id>
       GET /api/verdicts               GET /api/stats
       GET /api/stream (server-sent events)
`;

/** Every route: anyone may send, whatever comes after the guard only answers this machine. */
export function createApp({ ingest, queries, store }: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (context, next) => {
    await next();
    // By this header Spotlight-aware SDKs and tools know that somebody listens here.
    context.header("x-powered-by", "spotlight-by-sentry");
    context.header(EXPLORER_HEADER, VERSION);
  });
  app.route("/", createIngestRoutes(ingest));
  app.use(readGuard);
  app.route("/", createLiveRoutes(store));
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
    // As Relay answers when it cannot queue: 503, which is nobody's fault but its own.
    const [code, status] =
      error instanceof StoreWriteError
        ? (["unavailable", 503] as const)
        : (["internal", 500] as const);
    return context.json({ error: { code, message: error.message } }, status);
  });
  return app;
}
