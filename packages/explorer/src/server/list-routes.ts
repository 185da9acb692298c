import { Hono, type Context } from "hono";
import type { Queries } from "../answers/queries.js";
import { json } from "./json-response.js";
import { allowParameters, readDecimal, readOnce, readWhole } from "./parameters.js";

const RANGE = ["since", "until"];
const METRICS = allowParameters(...RANGE, "q", "spark", "sort");
const MOVERS = allowParameters(...RANGE, "limit");
const VERDICTS = allowParameters(...RANGE, "metric", "code", "verdict", "limit", "cursor");
const COST = allowParameters(...RANGE, "where", "by", "limit", "price", "free");

/** Creates the routes that list what there is of all metrics: their names, their notes and their cost. */
export function createListRoutes(queries: Queries): Hono {
  const app = new Hono();
  app.get("/metrics", METRICS, async (context) => {
    const { req } = context;
    const spark = readWhole("spark", req.query("spark"));
    const options = { ...rangeOf(context), q: req.query("q"), sort: req.query("sort"), spark };
    return json(context, await queries.metrics(options));
  });
  app.get("/movers", MOVERS, async (context) => {
    const limit = readWhole("limit", context.req.query("limit"));
    return json(context, await queries.movers({ ...rangeOf(context), limit }));
  });
  app.get("/verdicts", VERDICTS, async (context) => {
    const { req } = context;
    const answer = await queries.verdicts({
      ...rangeOf(context),
      metric: req.query("metric"),
      code: req.query("code"),
      verdict: req.query("verdict"),
      limit: readWhole("limit", req.query("limit")),
      cursor: req.query("cursor"),
    });
    return json(context, answer);
  });
  app.get("/cost", COST, async (context) => {
    const { req } = context;
    const answer = await queries.cost({
      ...rangeOf(context),
      where: req.queries("where"),
      by: readOnce("by", req.queries("by")),
      limit: readWhole("limit", req.query("limit")),
      price: readDecimal("price", req.query("price")),
      free: readDecimal("free", req.query("free")),
    });
    return json(context, answer);
  });
  return app;
}

const rangeOf = ({ req }: Context) => ({ since: req.query("since"), until: req.query("until") });
