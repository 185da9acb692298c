import type { LineChart } from "../chart/chart-model.js";
import { csvOf } from "../copy/csv.js";

/** Writes the numbers of a chart as CSV: one row a bucket, one column a line. */
export function chartCsv({ times, lines, earlierLabel }: LineChart): string {
  const head = lines.flatMap(({ label }) =>
    earlierLabel ? [label, `${label} (${earlierLabel})`] : [label],
  );
  const rows = times.map((time, at) => [
    new Date(time * 1000).toISOString(),
    ...lines.flatMap(({ values, earlier }) =>
      earlierLabel ? [values[at], earlier?.[at]] : [values[at]],
    ),
  ]);
  return csvOf([["time", ...head], ...rows]);
}
