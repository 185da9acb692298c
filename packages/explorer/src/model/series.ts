import type { Aggregation } from "./aggregation.js";
import type { MetricIdentity } from "./metric.js";
import type { Note } from "./received-item.js";
import type { ShownRange } from "./shown-range.js";

/** The course of one group, or of all others, over the buckets of time. */
export interface Series {
  /** The value of each `by` key as text, `null` for items without that attribute; absent for the others. */
  group?: Record<string, string | null>;
  /** How many groups these others are; absent for a single group. */
  others?: number;
  /**
   * The values of each aggregation, one a bucket. Buckets without items have 0 for sums, counts and rates, and `null` for
   * the others; a value that a double cannot hold is `null` too (see `notes`).
   */
  values: Record<string, (number | null)[]>;
  /** Stored items of each bucket, each counted once. */
  samples: number[];
  /** Calls that the items of the whole range stand for. */
  weighted: number;
  /** Each aggregation over the whole range. Computed from the items, because percentiles cannot be added up. */
  total: Record<string, number | null>;
}

/** A metric over time. */
export interface SeriesAnswer {
  /** The metric that was aggregated. */
  metric: MetricIdentity;
  /** The aggregations of each series, in the order asked for. */
  aggregations: Aggregation[];
  range: ShownRange;
  /** Length of a bucket, in seconds. */
  intervalSeconds: number;
  /** Start of each bucket, in seconds since the epoch. */
  times: number[];
  /** Whether the range covers only a part of the first and of the last bucket. Rates are over the covered time. */
  partial: { first: boolean; last: boolean };
  /** The series, by the aggregation that chose them; the others come last. */
  series: Series[];
  /** These series in the earlier range; only with `compare`. Buckets correspond by their place. */
  earlier?: { range: ShownRange; series: Series[] };
  /** How many groups there are, and how many have a series of their own. */
  groups: { total: number; shown: number };
  /** Stored items of the range, each counted once, and the calls that they stand for. */
  items: { stored: number; weighted: number };
  /** Remarks about the values: `overflow` for values that a double cannot hold. */
  notes: Note[];
}
