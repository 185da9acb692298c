import type { TraceMark, TracePage } from "@spanmeter/explorer/model/trace-page";
import { METRIC_TYPES } from "@spanmeter/explorer/model/metric";
import { addressOf } from "../url/address.js";

const AROUND_MS = 15 * 60_000;

/** Returns the time of a mark, in milliseconds since the epoch. */
export const timeOf = (page: TracePage, mark: TraceMark): number =>
  Date.parse(page.start) + mark.offsetMs;

/** Returns the address of the chart of a metric around the time of a mark. The trace stays beside it. */
export function metricAddress(page: TracePage, mark: TraceMark): string {
  const at = timeOf(page, mark);
  const until = at + AROUND_MS;
  return addressOf(
    { at: "metric", name: mark.name },
    {
      since: new Date(at - AROUND_MS).toISOString(),
      until: until < Date.now() ? new Date(until).toISOString() : "now",
      type: METRIC_TYPES.find((each) => each === mark.type),
      unit: mark.unit ?? "none",
      trace: page.traceId,
      span: mark.id,
    },
  );
}

/** Whether a mark is a metric that Sentry stores, so that it has a chart. */
export const hasChart = ({ kind, verdict }: TraceMark): boolean =>
  kind === "metric" && verdict !== "dropped";
