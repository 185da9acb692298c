import { Hono, type Context } from "hono";
import { stringifyJson } from "../model/json.js";
import type { Queries } from "../answers/queries.js";
import { usageError } from "../questions/query-error.js";
import { allowParameters } from "./parameters.js";
import { answerQueryError } from "./error-response.js";

const RANGE = ["type", "unit", "since", "until", "where"];
const AGGREGATE = allowParameters(...RANGE, "agg", "by", "interval");
const SAMPLES = allowParameters(...RANGE, "verdict", "limit");
const NONE = allowParameters();

/** The JSON API, without its guard: the command line also asks it in process, when no explorer runs. */
export function createApiRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.get("/metrics", NONE, async (context) =>
    answer(context, { metrics: await queries.metrics() }),
  );
  app.get("/metrics/:name/attributes", NONE, async (context) =>
    answer(context, { attributes: await queries.attributes(context.req.param("name")) }),
  );
  app.get("/metrics/:name/query", AGGREGATE, async (context) =>
    answer(context, await queries.aggregate(context.req.param("name"), aggregateOptions(context))),
  );
  app.get("/metrics/:name/samples", SAMPLES, async (context) =>
    answer(context, { samples: await queries.samples(sampleOptions(context)) }),
  );
  app.get("/samples", SAMPLES, async (context) =>
    answer(context, { samples: await queries.samples(sampleOptions(context)) }),
  );
  app.get("/traces/:id", NONE, async (context) =>
    answer(context, await queries.trace(context.req.param("id"))),
  );
  app.get("/verdicts", NONE, async (context) => answer(context, await queries.verdicts()));
  app.get("/stats", NONE, async (context) => answer(context, await queries.stats()));
  app.onError(answerQueryError);
  return app;
}

/** Integers of 64 bits are written as the exact numbers they are, which `context.json` cannot. */
const answer = (context: Context, value: unknown): Response =>
  context.body(stringifyJson(value), 200, { "content-type": "application/json" });

const rangeOptions = ({ req }: Context) => ({
  type: req.query("type"),
  unit: req.query("unit"),
  since: req.query("since"),
  until: req.query("until"),
  where: req.queries("where"),
});

const aggregateOptions = (context: Context) => ({
  ...rangeOptions(context),
  aggregations: context.req.queries("agg"),
  by: context.req.queries("by"),
  interval: context.req.query("interval"),
});

const sampleOptions = (context: Context) => ({
  ...rangeOptions(context),
  name: context.req.param("name"),
  verdict: context.req.query("verdict"),
  limit: readLimit(context.req.query("limit")),
});

function readLimit(limit: string | undefined): number | undefined {
  if (limit === undefined || /^\d+$/.test(limit))
    return limit === undefined ? limit : Number(limit);
  throw usageError(`limit is "${limit}"; give a whole number`);
}
