import type { Aggregation } from "./aggregation.js";
import type { MetricIdentity } from "./metric.js";
import type { Note } from "./received-item.js";
import type { ShownRange } from "./shown-range.js";

/** One aggregation of a row in the earlier range, and how it changed since. */
export interface EarlierValue {
  /** The value in the earlier range; `null` when the group had no items there. */
  value: number | null;
  /** The value of the range minus the earlier one; `null` when one of them is `null`. */
  difference: number | null;
  /** `difference` as a share of the size of the earlier value: 0.5 for half as much again. `null` when that is 0 or `null`. */
  relative: number | null;
}

/** A group of a metric, or all groups outside of the page. */
export interface TableRow {
  /** The value of each `by` key as text, `null` for items without that attribute; absent for the others. */
  group?: Record<string, string | null>;
  /** How many groups these others are; absent for a single group. */
  others?: number;
  /** Place among all groups in the order asked for, from 1; absent for the others. */
  rank?: number;
  /** The value of each aggregation; `null` without items, or where a double cannot hold it (see `notes`). */
  values: Record<string, number | null>;
  /** Stored items, each counted once. */
  samples: number;
  /** Calls that these items stand for. */
  weighted: number;
  /**
   * Part of the whole, from 0 to 1: of the sum for counters, of the calls for others. `null` when there is no whole to
   * have a part of: a counter whose sum is 0, or that has negative sums.
   */
  share: number | null;
  /** Each aggregation in the earlier range; only with `compare`. */
  earlier?: Record<string, EarlierValue>;
}

/** A page of the groups of a metric, without time. */
export interface MetricTable {
  /** The metric that was aggregated. */
  metric: MetricIdentity;
  /** The aggregations of each row, in the order asked for. */
  aggregations: Aggregation[];
  range: ShownRange;
  /** The earlier range; only with `compare`. */
  earlier?: ShownRange;
  /** The groups of the page, in the order asked for. */
  rows: TableRow[];
  /** All groups outside of the page together, computed from their items; absent when there are none. */
  others?: TableRow;
  /** Everything together. */
  whole: TableRow;
  /** How many groups there are. */
  groups: number;
  /** The `cursor` of the next page; absent on the last one. */
  next?: string;
  /** Remarks about the values: `overflow` for values that a double cannot hold. */
  notes: Note[];
}
