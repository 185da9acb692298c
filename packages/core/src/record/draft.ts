import type { Flat } from "../flat.js";
import type { Trace } from "../metric.js";
import { flatSize } from "../size.js";
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

/** The value, and `sentry.timestamp.sequence` with its number, which every metric carries. */
export const FIXED_BYTES: number = 8 + 25 + 8;

/** Size as Relay measures it, with text counted in UTF-16 units. */
export function draftSize({ series, attributes, base }: Draft): number {
  return series.bytes + FIXED_BYTES + flatSize(attributes) + (base?.bytes ?? 0);
}
