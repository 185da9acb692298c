import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Queries } from "../answers/queries.js";
import { API_DESCRIPTION } from "./api-description.js";
import { respondToQueryError } from "./error-response.js";
import { json, jsonText } from "./json-response.js";
import { createListRoutes } from "./list-routes.js";
import { usageError } from "../questions/query-error.js";
import { allowParameters } from "./parameters.js";
import { changeOptions } from "./read-body.js";
import {
  eventOptions,
  exemplarOptions,
  heatmapOptions,
  rangeOptions,
  readView,
  sampleOptions,
  seriesOptions,
  tableOptions,
  traceListOptions,
  valueOptions,
} from "./read-options.js";

const RANGE = ["type", "unit", "since", "until", "where"];
const SAMPLES = allowParameters(...RANGE, "verdict", "limit", "sort", "cursor");
const SERIES = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "compare");
const TABLE = allowParameters(...RANGE, "agg", "by", "sort", "compare", "limit", "cursor");
const EXEMPLARS = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "per");
const HEATMAP = allowParameters(...RANGE, "interval");
const ATTRIBUTES = allowParameters(...RANGE);
const VALUES = allowParameters(...RANGE, "q", "limit");
const TRACES = allowParameters(...RANGE, "metric", "sort", "cursor", "limit");
const TRACE = allowParameters("view");
const EVENTS = allowParameters("kind", "where", "q", "since", "until", "cursor", "limit");
const NONE = allowParameters();

/** A thousand ids and the longest filters, in bytes. */
const MAX_BODY = 256 * 1024;
const SHORT_BODY = bodyLimit({
  maxSize: MAX_BODY,
  onError: () => {
    throw usageError(`The body must not be longer than ${MAX_BODY} bytes`);
  },
});

/** Creates the routes of the JSON API, without the read guard, because the command line also calls them in process. */
export function createApiRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.route("/", createListRoutes(queries));
  app.get("/metrics/:name/attributes", ATTRIBUTES, async (context) =>
    json(context, {
      attributes: await queries.attributes(context.req.param("name"), rangeOptions(context)),
    }),
  );
  app.get("/metrics/:name/attributes/:key/values", VALUES, async (context) => {
    const { name, key } = context.req.param();
    return json(context, await queries.attributeValues(name, key, valueOptions(context)));
  });
  app.get("/metrics/:name/series", SERIES, async (context) =>
    json(context, await queries.series(context.req.param("name"), seriesOptions(context))),
  );
  app.get("/metrics/:name/table", TABLE, async (context) =>
    json(context, await queries.table(context.req.param("name"), tableOptions(context))),
  );
  app.get("/metrics/:name/exemplars", EXEMPLARS, async (context) =>
    json(context, await queries.exemplars(context.req.param("name"), exemplarOptions(context))),
  );
  app.get("/metrics/:name/heatmap", HEATMAP, async (context) =>
    json(context, await queries.heatmap(context.req.param("name"), heatmapOptions(context))),
  );
  app.post("/metrics/:name/changes", NONE, SHORT_BODY, async (context) =>
    json(context, await queries.changes(context.req.param("name"), await changeOptions(context))),
  );
  app.get("/metrics/:name/samples", SAMPLES, async (context) =>
    json(context, await queries.samples(sampleOptions(context))),
  );
  app.get("/samples", SAMPLES, async (context) =>
    json(context, await queries.samples(sampleOptions(context))),
  );
  app.get("/traces", TRACES, async (context) =>
    json(context, await queries.traces(traceListOptions(context))),
  );
  app.get("/traces/:id", TRACE, async (context) => {
    const id = context.req.param("id");
    const isPage = readView(context.req.query("view")) === "page";
    return json(context, isPage ? await queries.tracePage(id) : await queries.trace(id));
  });
  app.get("/events", EVENTS, async (context) =>
    json(context, await queries.events(eventOptions(context))),
  );
  app.get("/items/:id", NONE, async (context) =>
    json(context, await queries.item(context.req.param("id"))),
  );
  app.get("/stats", NONE, async (context) => json(context, await queries.stats()));
  app.get("/openapi.json", NONE, (context) => jsonText(context, API_DESCRIPTION));
  app.onError(respondToQueryError);
  return app;
}
