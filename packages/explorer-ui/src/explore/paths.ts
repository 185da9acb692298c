import { apiPath, type Query } from "../api/ask.js";
import type { Parameters } from "../url/parameters.js";
import type { Panel } from "./panel.js";
import { askedRange } from "../url/asked-range.js";

type Scope = Pick<Parameters, "since" | "until" | "where">;

/** The options that all questions about a metric have. */
export function scopeOf(
  { where, ...range }: Scope,
  { type, unit }: Pick<Panel, "type" | "unit">,
): Query {
  return { ...askedRange(range), where, type, unit };
}

function seriesQuery(panel: Panel, parameters: Parameters): Query {
  return {
    ...scopeOf(parameters, panel),
    agg: panel.agg,
    by: panel.by,
    top: panel.by.length > 0 ? panel.top : undefined,
    interval: panel.interval,
  };
}

/** The address of a panel's course over time. */
export const seriesPath = (panel: Panel, parameters: Parameters): string =>
  apiPath(["metrics", panel.name, "series"], {
    ...seriesQuery(panel, parameters),
    compare: panel.compare,
  });

/** The address of the single items on it. More of them in each bucket would hide the lines. */
export const exemplarsPath = (panel: Panel, parameters: Parameters): string =>
  apiPath(["metrics", panel.name, "exemplars"], {
    ...seriesQuery(panel, parameters),
    per: panel.by.length > 0 ? 1 : 2,
  });

/** The address of a panel's values over time. */
export const heatmapPath = (panel: Panel, parameters: Parameters): string =>
  apiPath(["metrics", panel.name, "heatmap"], {
    ...scopeOf(parameters, panel),
    interval: panel.interval,
  });
