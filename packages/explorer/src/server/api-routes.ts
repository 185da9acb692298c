import { Hono, type Context } from "hono";
import type { ExemplarOptions } from "../answers/exemplars.js";
import type { HeatmapOptions } from "../answers/heatmap.js";
import type { Queries } from "../answers/queries.js";
import type { AttributeValueOptions } from "../questions/attribute-question.js";
import type { AggregateOptions } from "../questions/aggregate-question.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import { API_DESCRIPTION } from "./api-description.js";
import { respondToQueryError } from "./error-response.js";
import { json, jsonText } from "./json-response.js";
import { createListRoutes } from "./list-routes.js";
import { allowParameters, readWhole } from "./parameters.js";

const RANGE = ["type", "unit", "since", "until", "where"];
const AGGREGATE = allowParameters(...RANGE, "agg", "by", "interval");
const SAMPLES = allowParameters(...RANGE, "verdict", "limit", "sort", "cursor");
const SERIES = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "compare");
const EXEMPLARS = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "per");
const HEATMAP = allowParameters(...RANGE, "interval");
const ATTRIBUTES = allowParameters(...RANGE);
const VALUES = allowParameters(...RANGE, "q", "limit");
const NONE = allowParameters();

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
  app.get("/metrics/:name/query", AGGREGATE, async (context) =>
    json(context, await queries.aggregate(context.req.param("name"), aggregateOptions(context))),
  );
  app.get("/metrics/:name/series", SERIES, async (context) =>
    json(context, await queries.series(context.req.param("name"), seriesOptions(context))),
  );
  app.get("/metrics/:name/exemplars", EXEMPLARS, async (context) =>
    json(context, await queries.exemplars(context.req.param("name"), exemplarOptions(context))),
  );
  app.get("/metrics/:name/heatmap", HEATMAP, async (context) =>
    json(context, await queries.heatmap(context.req.param("name"), heatmapOptions(context))),
  );
  app.get("/metrics/:name/samples", SAMPLES, async (context) =>
    json(context, await queries.samples(sampleOptions(context))),
  );
  app.get("/samples", SAMPLES, async (context) =>
    json(context, await queries.samples(sampleOptions(context))),
  );
  app.get("/traces/:id", NONE, async (context) =>
    json(context, await queries.trace(context.req.param("id"))),
  );
  app.get("/stats", NONE, async (context) => json(context, await queries.stats()));
  app.get("/openapi.json", NONE, (context) => jsonText(context, API_DESCRIPTION));
  app.onError(respondToQueryError);
  return app;
}

const rangeOptions = ({ req }: Context) => ({
  type: req.query("type"),
  unit: req.query("unit"),
  since: req.query("since"),
  until: req.query("until"),
  where: req.queries("where"),
});

const aggregateOptions = (context: Context): AggregateOptions => ({
  ...rangeOptions(context),
  aggregations: context.req.queries("agg"),
  by: context.req.queries("by"),
  interval: context.req.query("interval"),
});

const seriesOptions = (context: Context): SeriesOptions => ({
  ...aggregateOptions(context),
  top: readWhole("top", context.req.query("top")),
  sort: context.req.query("sort"),
  compare: context.req.query("compare"),
});

const exemplarOptions = (context: Context): ExemplarOptions => ({
  ...seriesOptions(context),
  per: readWhole("per", context.req.query("per")),
});

const valueOptions = (context: Context): AttributeValueOptions => ({
  ...rangeOptions(context),
  q: context.req.query("q"),
  limit: readWhole("limit", context.req.query("limit")),
});

const heatmapOptions = (context: Context): HeatmapOptions => ({
  ...rangeOptions(context),
  interval: context.req.query("interval"),
});

const sampleOptions = (context: Context): SampleOptions => ({
  ...rangeOptions(context),
  name: context.req.param("name"),
  verdict: context.req.query("verdict"),
  limit: readWhole("limit", context.req.query("limit")),
  sort: context.req.query("sort"),
  cursor: context.req.query("cursor"),
});
