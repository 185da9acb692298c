import { Hono, type Context } from "hono";
import type { Queries } from "../query/queries.js";
import { answerQueryError } from "./query-answer.js";

/** The JSON API, without its guard: the command line also asks it in process, when no explorer runs. */
export function createApiRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.get("/metrics", async (context) => context.json({ metrics: await queries.metrics() }));
  app.get("/metrics/:name/attributes", async (context) =>
    context.json({ attributes: await queries.attributes(context.req.param("name")) }),
  );
  app.get("/metrics/:name/query", async (context) =>
    context.json(await queries.aggregate(context.req.param("name"), aggregateOptions(context))),
  );
  app.get("/metrics/:name/samples", async (context) =>
    context.json({ samples: await queries.samples(sampleOptions(context)) }),
  );
  app.get("/samples", async (context) =>
    context.json({ samples: await queries.samples(sampleOptions(context)) }),
  );
  app.get("/traces/:id", async (context) =>
    context.json(await queries.trace(context.req.param("id"))),
  );
  app.get("/verdicts", async (context) => context.json(await queries.verdicts()));
  app.get("/stats", async (context) => context.json(await queries.stats()));
  app.onError(answerQueryError);
  return app;
}

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

const sampleOptions = (context: Context) => {
  const limit = context.req.query("limit");
  return {
    ...rangeOptions(context),
    name: context.req.param("name"),
    verdict: context.req.query("verdict"),
    limit: limit === undefined ? undefined : Number(limit),
  };
};
