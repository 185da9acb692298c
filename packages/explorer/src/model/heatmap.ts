import type { MetricIdentity } from "./metric.js";
import type { ShownRange } from "./shown-range.js";

/** The distribution of a metric's values over time. */
export interface Heatmap {
  /** The metric. */
  metric: MetricIdentity;
  range: ShownRange;
  /** Length of a bucket, in seconds. */
  intervalSeconds: number;
  /** Start of each bucket, in seconds since the epoch. */
  times: number[];
  /** Whether the range covers only a part of the first and of the last bucket. */
  partial: { first: boolean; last: boolean };
  /** Rows of values, from the least, of those that occur. Three rows double a value; 0 has a row of its own. */
  rows: HeatmapRow[];
  /** The cells that have items, as columns of equal length. */
  cells: HeatmapCells;
  /** Stored items of the range, each counted once, and the calls that they stand for. */
  items: { stored: number; weighted: number };
}

/** One row of a heatmap: the values from `from` up to, not including, `to`; for negative values the other way round. */
export interface HeatmapRow {
  from: number;
  to: number;
}

/** The cells of a heatmap. Cell number 3 is the third entry of each list. */
export interface HeatmapCells {
  /** Place of the bucket among `times`. */
  bucket: number[];
  /** Place of the row among `rows`. */
  row: number[];
  /** Calls in the cell. */
  weight: number[];
  /** The least value in the cell. */
  min: number[];
  /** The greatest value in the cell. */
  max: number[];
}
