import type { Context } from "hono";
import type { ExemplarOptions } from "../answers/exemplars.js";
import type { HeatmapOptions } from "../answers/heatmap.js";
import type { AttributeOptions, AttributeValueOptions } from "../questions/attribute-question.js";
import type { EventOptions } from "../questions/event-question.js";
import { usageError } from "../questions/query-error.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import type { TraceListOptions } from "../questions/trace-question.js";
import type { TableOptions } from "../questions/table-question.js";
import { readWhole } from "./parameters.js";

/** Reads the options of a range from the parameters. */
export const rangeOptions = ({ req }: Context): AttributeOptions => ({
  type: req.query("type"),
  unit: req.query("unit"),
  since: req.query("since"),
  until: req.query("until"),
  where: req.queries("where"),
});

/** Reads how a metric is grouped and sorted from the parameters. */
const groupOptions = (context: Context) => ({
  ...rangeOptions(context),
  aggregations: context.req.queries("agg"),
  by: context.req.queries("by"),
  sort: context.req.query("sort"),
  compare: context.req.query("compare"),
});

/** Reads the options of a series from the parameters. */
export const seriesOptions = (context: Context): SeriesOptions => ({
  ...groupOptions(context),
  interval: context.req.query("interval"),
  top: readWhole("top", context.req.query("top")),
});

/** Reads the options of a table from the parameters. */
export const tableOptions = (context: Context): TableOptions => ({
  ...groupOptions(context),
  ...pageOptions(context),
});

/** Reads the options of exemplars from the parameters. */
export const exemplarOptions = (context: Context): ExemplarOptions => ({
  ...seriesOptions(context),
  per: readWhole("per", context.req.query("per")),
});

/** Reads the options of a heatmap from the parameters. */
export const heatmapOptions = (context: Context): HeatmapOptions => ({
  ...rangeOptions(context),
  interval: context.req.query("interval"),
});

/** Reads the options of the values of an attribute from the parameters. */
export const valueOptions = (context: Context): AttributeValueOptions => ({
  ...rangeOptions(context),
  q: context.req.query("q"),
  limit: readWhole("limit", context.req.query("limit")),
});

/** Reads the options of samples from the path and the parameters. */
export const sampleOptions = (context: Context): SampleOptions => ({
  ...rangeOptions(context),
  name: context.req.param("name"),
  verdict: context.req.query("verdict"),
  sort: context.req.query("sort"),
  ...pageOptions(context),
});

/** Reads the options of traces from the parameters. */
export const traceListOptions = (context: Context): TraceListOptions => ({
  ...rangeOptions(context),
  metric: context.req.query("metric"),
  ...pageOptions(context),
  sort: context.req.query("sort"),
});

/** Reads the options of events from the parameters. */
export const eventOptions = (context: Context): EventOptions => ({
  ...rangeOptions(context),
  kinds: context.req.queries("kind"),
  q: context.req.query("q"),
  ...pageOptions(context),
});

const pageOptions = ({ req }: Context) => ({
  limit: readWhole("limit", req.query("limit")),
  cursor: req.query("cursor"),
});

/** Reads the parameter `view`. Throws a usage error that names the possible one. */
export function readView(text: string | undefined): "page" | undefined {
  if (text === undefined || text === "page") return text;
  throw usageError(`view is "${text}"; valid is page`);
}
