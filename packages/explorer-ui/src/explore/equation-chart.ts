import { isInMetricUnit, type Aggregation } from "@spanmeter/explorer/model/aggregation";
import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import type { LineChart } from "../chart/chart-model.js";
import type { Equation } from "./equation.js";

interface Drawn {
  /** The answers of the panels by their place. */
  readonly answers: ReadonlyMap<number, SeriesAnswer>;
  /** The aggregation of each that counts. */
  readonly aggregations: ReadonlyMap<number, Aggregation>;
}

/** Makes the chart of an equation from the answers of its panels, by place. */
export function equationChart(
  text: string,
  equation: Equation,
  { answers, aggregations }: Drawn,
): LineChart {
  const all = [...answers.values()];
  const [first] = all;
  const { times = [], intervalSeconds = 1, partial = { first: false, last: false } } = first ?? {};
  const valuesAt = new Map(
    [...answers].map(([place, { times: own, series }]) => {
      const values = series[0]?.values[aggregations.get(place)!] ?? [];
      // Questions that are asked one after the other may differ by a bucket.
      return [place, new Map(own.map((time, at) => [time, values[at] ?? null]))] as const;
    }),
  );
  const values = times.map((time) =>
    equation.compute((place) => valuesAt.get(place)?.get(time) ?? null),
  );
  const total = equation.compute((place) => {
    return answers.get(place)?.series[0]?.total[aggregations.get(place)!] ?? null;
  });
  return {
    caption: `${text} of ${all.map(({ metric }) => metric.name).join(", ")}`,
    draw: "line",
    isLogarithmic: false,
    range: {
      since: first ? Date.parse(first.range.since) / 1000 : 0,
      until: first ? Date.parse(first.range.until) / 1000 : 0,
    },
    times,
    intervalSeconds,
    partial,
    unit: equation.isPercent ? "percent" : unitOf(text, { answers, aggregations }),
    strips: [],
    box: undefined,
    lines: [{ key: text, label: text, isOthers: false, values, total }],
    dots: [],
  };
}

/** Sums and differences of one unit have it; quotients of it are plain numbers; of the rest nothing is known. */
function unitOf(text: string, { answers, aggregations }: Drawn): string {
  const units = new Set(
    [...answers].map(([place, { metric }]) =>
      isInMetricUnit(aggregations.get(place)!, metric.type) ? metric.unit : "none",
    ),
  );
  const [unit = "none"] = units;
  return units.size === 1 && !/[*/]/.test(text) ? unit : "none";
}
