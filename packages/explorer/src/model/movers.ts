import type { Aggregation } from "./aggregation.js";
import type { MetricIdentity } from "./metric.js";
import type { ShownRange } from "./shown-range.js";

/** The ways in which a metric can move: one that is `new` has no items in the range before, a `silent` one none in the range. */
export const MOVES = ["rose", "fell", "new", "silent"] as const;

/** How a metric moved. */
export type Move = (typeof MOVES)[number];

/** A metric whose values differ from those of the range before by more than their noise. */
export interface Mover extends MetricIdentity {
  move: Move;
  /** The aggregation of `before`, `now`, `difference` and `spark`: `per_minute` for counters, `avg` for gauges, `p95` for distributions. */
  aggregation: Aggregation;
  /** The value over the earlier range; `null` for a gauge or distribution without items. */
  before: number | null;
  /** The value over the range; `null` for a gauge or distribution without items. */
  now: number | null;
  /** `now` divided by `before`; `null` when `before` is 0 or `null`, or has another sign. */
  ratio: number | null;
  /** `now` minus `before`; `null` when one of them is `null`. */
  difference: number | null;
  /**
   * Doublings that remain after four standard errors are taken off the difference: 1 stands for a value that at least
   * doubled or halved. A large change of a few items has a small score. For `new` and `silent` it is that of the number of
   * calls. It is above 0, except for a metric that was never seen before.
   */
  score: number;
  /** Stored items of both ranges, each counted once. */
  samples: { before: number; now: number };
  /** The value in each bucket of the range; without items it is 0 for counters and `null` for others. */
  spark: (number | null)[];
}

/** The metrics that moved most. */
export interface Movers {
  /** The range; by default the last hour, or the second half of the time since the oldest stored metric when that is shorter. */
  range: ShownRange;
  /**
   * The range of equal length just before, without the time before the oldest stored metric. `null` when less than a
   * quarter of it is left: then nothing can be compared, and `movers` is empty.
   */
  earlier: ShownRange | null;
  /** Length of the buckets of `spark`, in seconds. The first one begins with the range. */
  bucketSeconds: number;
  /** The metrics that moved, by `score`, the greatest first. */
  movers: Mover[];
  /** How many metrics moved, and how many were compared. */
  total: { moved: number; compared: number };
}
