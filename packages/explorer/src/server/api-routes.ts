import { Hono, type Context } from "hono";
import type { Queries } from "../answers/queries.js";
import { stringifyJson } from "../model/json.js";
import type { AggregateOptions } from "../questions/aggregate-question.js";
import { usageError } from "../questions/query-error.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import { API_DESCRIPTION } from "./api-description.js";
import { respondToQueryError } from "./error-response.js";
import { allowParameters } from "./parameters.js";

const RANGE = ["type", "unit", "since", "until", "where"];
const AGGREGATE = allowParameters(...RANGE, "agg", "by", "interval");
const SAMPLES = allowParameters(...RANGE, "verdict", "limit", "sort", "cursor");
const SERIES = allowParameters(...RANGE, "agg", "by", "interval", "top", "sort", "compare");
const NONE = allowParameters();

/** Creates the routes of the JSON API, without the read guard, because the command line also calls them in process. */
export function createApiRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.get("/metrics", NONE, async (context) => json(context, { metrics: await queries.metrics() }));
  app.get("/metrics/:name/attributes", NONE, async (context) =>
    json(context, { attributes: await queries.attributes(context.req.param("name")) }),
  );
  app.get("/metrics/:name/query", AGGREGATE, async (context) =>
    json(context, await queries.aggregate(context.req.param("name"), aggregateOptions(context))),
  );
  app.get("/metrics/:name/series", SERIES, async (context) =>
    json(context, await queries.series(context.req.param("name"), seriesOptions(context))),
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

const sampleOptions = (context: Context): SampleOptions => ({
  ...rangeOptions(context),
  name: context.req.param("name"),
  verdict: context.req.query("verdict"),
  limit: readWhole("limit", context.req.query("limit")),
  sort: context.req.query("sort"),
  cursor: context.req.query("cursor"),
});

function readWhole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw usageError(`${option} is "${text}"; give a whole number`);
}
