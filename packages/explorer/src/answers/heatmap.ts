import type { Heatmap, HeatmapRow } from "../model/heatmap.js";
import { readSeriesQuestion, type SeriesOptions } from "../questions/series/series-question.js";
import type { HeatmapCell, Store } from "../store/store.js";
import { findMetric } from "./metric-identity.js";
import { presentTimes } from "./series.js";

/** Options of `queries.heatmap`. */
export type HeatmapOptions = Pick<
  SeriesOptions,
  "since" | "until" | "where" | "interval" | "type" | "unit"
>;

/** Returns the distribution of a metric's values over time. Rejects with a `QueryError` when there is no answer. */
export async function heatmap(
  store: Store,
  name: string,
  { options, nowNs }: { options: HeatmapOptions; nowNs: bigint },
): Promise<Heatmap> {
  const metric = await findMetric(store, name, options);
  const question = readSeriesQuestion(metric, options, nowNs);
  const cells = await store.heatmap(question);
  const keys = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()].sort(bySize);
  const places = new Map(keys.map((cell, place) => [keyOf(cell), place]));
  return {
    metric,
    ...presentTimes(question),
    rows: keys.map(rowOf),
    cells: {
      bucket: cells.map(({ bucket }) => bucket),
      row: cells.map((cell) => places.get(keyOf(cell)) ?? 0),
      weight: cells.map(({ weight }) => weight),
      min: cells.map(({ least }) => least),
      max: cells.map(({ greatest }) => greatest),
    },
    items: {
      stored: cells.reduce((sum, { samples }) => sum + samples, 0),
      weighted: cells.reduce((sum, { weight }) => sum + weight, 0),
    },
  };
}

const keyOf = ({ side, size }: HeatmapCell): string => `${side} ${size}`;

/** From the least values to the greatest: among negative ones the large ones come first. */
const bySize = (a: HeatmapCell, b: HeatmapCell): number =>
  a.side - b.side || (a.size - b.size) * a.side;

function rowOf({ side, size }: HeatmapCell): HeatmapRow {
  if (side === 0) return { from: 0, to: 0 };
  // The row of the greatest doubles would end beyond them.
  const end = Math.min(2 ** ((size + 1) / 3), Number.MAX_VALUE);
  return { from: side * 2 ** (size / 3), to: side * end };
}
