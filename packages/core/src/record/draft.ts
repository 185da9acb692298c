import type { Flat } from "../flat.js";
import type { Trace } from "../metric.js";
import type { Base, Series } from "../waiting.js";

/** A metric on its way to the queue. */
export interface Draft {
  readonly series: Series;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly trace: Trace;
  readonly attributes: Flat;
  readonly base: Base | undefined;
}
