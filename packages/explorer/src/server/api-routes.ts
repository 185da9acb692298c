import { Hono, type Context } from "hono";
import type { Queries } from "../answers/queries.js";
import { stringifyJson } from "../model/json.js";
import { API_DESCRIPTION } from "./api-description.js";
import { respondToQueryError } from "./error-response.js";
import { allowParameters } from "./parameters.js";
import {
  aggregateOptions,
  eventOptions,
  exemplarOptions,
  rangeOptions,
  readView,
  sampleOptions,
  seriesOptions,
  traceListOptions,
  valueOptions,
} from "./read-options.js";

const RANGE = ["type", "unit", "since", "until", "where"];
const AGGREGATE = allowParameters(...RANGE, "agg", "by", "interval");
const SAMPLES = allowParameters(...RANGE, "verdict", "limit", "sort", "cursor");
const SERIES = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "compare");
const EXEMPLARS = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "per");
const ATTRIBUTES = allowParameters(...RANGE);
const VALUES = allowParameters(...RANGE, "q", "limit");
const TRACES = allowParameters(...RANGE, "metric", "sort", "cursor", "limit");
const TRACE = allowParameters("view");
const EVENTS = allowParameters("kind", "where", "q", "since", "until", "cursor", "limit");
const NONE = allowParameters();

/** Creates the routes of the JSON API, without the read guard, because the command line also calls them in process. */
export function createApiRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.get("/metrics", NONE, async (context) => json(context, { metrics: await queries.metrics() }));
  app.get("/metrics/:name/attributes", ATTRIBUTES, async (context) =>
    json(context, {
      attributes: await queries.attributes(context.req.param("name"), rangeOptions(context)),
    }),
  );
  app.get("/metrics/:name/attributes/:key/values", VALUES, async (context) => {
    const { name, key } = context.req.param();
    return json(context, await queries.attributeValues(name, key, valueOptions(context)));
  });
  app.get("/metrics/:name/query", AGGREGATE, async (context) =>
    json(context, await queries.aggregate(context.req.param("name"), aggregateOptions(context))),
  );
  app.get("/metrics/:name/series", SERIES, async (context) =>
    json(context, await queries.series(context.req.param("name"), seriesOptions(context))),
  );
  app.get("/metrics/:name/exemplars", EXEMPLARS, async (context) =>
    json(context, await queries.exemplars(context.req.param("name"), exemplarOptions(context))),
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
  app.get("/verdicts", NONE, async (context) => json(context, await queries.verdicts()));
  app.get("/stats", NONE, async (context) => json(context, await queries.stats()));
  app.get("/openapi.json", NONE, (context) => jsonText(context, API_DESCRIPTION));
  app.onError(respondToQueryError);
  return app;
}

/** `context.json` cannot write integers of 64 bits as exact numbers. */
const json = (context: Context, value: unknown): Response =>
  jsonText(context, stringifyJson(value));

const jsonText = (context: Context, text: string): Response =>
  context.body(text, 200, { "content-type": "application/json" });
