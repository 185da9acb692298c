import { isInMetricUnit } from "@spanmeter/explorer/model/aggregation";
import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import type { LineChart } from "../chart/chart-model.js";
import type { Box } from "../url/box.js";
import type { Equation } from "./equation.js";

/** Makes the chart of an equation from the answers of its panels, by place. */
export function equationChart(
  text: string,
  equation: Equation,
  answers: ReadonlyMap<number, SeriesAnswer>,
  box: Box | undefined,
): LineChart {
  const all = [...answers.values()];
  const [first] = all;
  const { times = [], intervalSeconds = 1, partial = { first: false, last: false } } = first ?? {};
  const valuesAt = new Map(
    [...answers].map(([place, { times: own, series, aggregations }]) => {
      const values = series[0]?.values[aggregations[0]!] ?? [];
      // Questions that are asked one after the other may differ by a bucket.
      return [place, new Map(own.map((time, at) => [time, values[at] ?? null]))] as const;
    }),
  );
  const values = times.map((time) =>
    equation.compute((place) => valuesAt.get(place)?.get(time) ?? null),
  );
  const total = equation.compute((place) => {
    const answer = answers.get(place);
    return answer?.series[0]?.total[answer.aggregations[0]!] ?? null;
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
    unit: equation.isPercent ? "percent" : unitOf(text, all),
    strips: [],
    box,
    lines: [{ key: text, label: text, isOthers: false, values, total }],
    dots: [],
  };
}

/** Sums and differences of one unit have it; quotients of it are plain numbers; of the rest nothing is known. */
function unitOf(text: string, answers: readonly SeriesAnswer[]): string {
  const units = new Set(
    answers.map(({ metric, aggregations }) =>
      isInMetricUnit(aggregations[0]!, metric.type) ? metric.unit : "none",
    ),
  );
  const [unit = "none"] = units;
  return units.size === 1 && !/[*/]/.test(text) ? unit : "none";
}
