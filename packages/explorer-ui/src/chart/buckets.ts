import type { ChartFrame } from "./chart-model.js";

/** Returns whether the range covers only a part of the bucket. */
export const isPartial = ({ partial, times }: ChartFrame, bucket: number): boolean =>
  (bucket === 0 && partial.first) || (bucket === times.length - 1 && partial.last);

/** Returns the part of a bucket that is in the range, in seconds since the epoch. */
export function boundsOf({ range, times, intervalSeconds }: ChartFrame, bucket: number) {
  const start = times[bucket] ?? range.since;
  return {
    since: Math.max(start, range.since),
    until: Math.min(start + intervalSeconds, range.until),
  };
}

const centres = new WeakMap<readonly number[], number[]>();

/**
 * Returns the middle of each bucket. Values are drawn there: the nearest value to a moment is then that of its own
 * bucket, and lines, bars and cells agree.
 */
export function centresOf({ times, intervalSeconds }: ChartFrame): number[] {
  const known = centres.get(times);
  if (known) return known;
  const found = times.map((time) => time + intervalSeconds / 2);
  centres.set(times, found);
  return found;
}

/** Writes a moment as a parameter of the address has it. */
export const isoOf = (seconds: number): string =>
  new Date(Math.round(seconds * 1000)).toISOString();
