import type uPlot from "uplot";
import { centresOf } from "./buckets.js";
import type { ChartState } from "./chart-state.js";
import { readBucket } from "./readout.js";

/** Returns the lines or rows that keys can go to in a bucket, from the top of the legend or of the heat map. */
export const placesIn = ({ model, columns }: ChartState, bucket: number): readonly number[] =>
  model.draw === "heat" ? readBucket(model, bucket).map(({ place }) => place) : columns.order;

/** Returns the point of a line or row in a bucket, in CSS pixels of the plotting area. */
export function pointOf(plot: uPlot, state: ChartState, bucket: number, place: number) {
  const { model, columns, heat } = state;
  const width = plot.bbox.width / devicePixelRatio;
  const height = plot.bbox.height / devicePixelRatio;
  // The middle of a partial bucket may be out of the range.
  const x = Math.min(width, Math.max(0, plot.valToPos(centresOf(model)[bucket] ?? 0, "x")));
  const row = heat?.rows[place];
  const at = row ? row.at + 0.5 : (columns.heights[place]?.[bucket] ?? null);
  const y = at === null ? height : Math.min(height, Math.max(0, plot.valToPos(at, "y")));
  return { x, y };
}
