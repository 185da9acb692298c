import type { MetricTable } from "@spanmeter/explorer/model/table";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { concernsMetrics } from "../live/tick.js";
import { parameters } from "../url/address.js";
import type { Panel } from "./panel.js";
import { scopeOf } from "./paths.js";

/** A value that single values are compared with. */
const TYPICAL = {
  distribution: { agg: "p50", name: "median" },
  gauge: { agg: "avg", name: "average" },
  counter: undefined,
} as const;

/** Returns the typical value of a metric over the whole range, whichever samples are shown. */
export function useTypical(panel: Panel): { name: string; value: number } | undefined {
  const way = panel.type && TYPICAL[panel.type];
  const path =
    way &&
    apiPath(["metrics", panel.name, "table"], {
      ...scopeOf(parameters.value, panel),
      agg: way.agg,
      limit: 1,
    });
  const { data } = useAnswer<MetricTable>(path, concernsMetrics(panel.name)).value;
  const value = way && data?.rows[0]?.values[way.agg];
  return way && value ? { name: way.name, value } : undefined;
}
