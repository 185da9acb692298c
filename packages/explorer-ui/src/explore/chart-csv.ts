import type { Heatmap } from "@spanmeter/explorer/model/heatmap";
import type { LineChart } from "../chart/chart-model.js";
import { csvOf } from "../copy/csv.js";

const isoOf = (seconds: number | undefined): string =>
  new Date((seconds ?? 0) * 1000).toISOString();

/** Writes the numbers of the charts of a panel as CSV: one row a bucket, one column a line. */
export function chartCsv(charts: readonly LineChart[]): string {
  const [first] = charts;
  if (!first) return "";
  const { times, earlierLabel } = first;
  const lines = charts.flatMap((chart) => chart.lines);
  const head = lines.flatMap(({ label }) =>
    earlierLabel ? [label, `${label} (${earlierLabel})`] : [label],
  );
  const rows = times.map((time, at) => [
    isoOf(time),
    ...lines.flatMap(({ values, earlier }) =>
      earlierLabel ? [values[at], earlier?.[at]] : [values[at]],
    ),
  ]);
  return csvOf([["time", ...head], ...rows]);
}

/** Writes the cells of a heatmap as CSV. */
export function heatCsv({ times, rows, cells }: Heatmap): string {
  const lines = cells.bucket.map((bucket, at) => {
    const row = rows[cells.row[at]!];
    return [
      isoOf(times[bucket]),
      row?.from,
      row?.to,
      cells.weight[at],
      cells.min[at],
      cells.max[at],
    ];
  });
  return csvOf([["time", "from", "to", "count", "min", "max"], ...lines]);
}
