import { readMoment } from "./moment.js";
import { usageError } from "./query-error.js";

/** A range of time. */
export interface TimeRange {
  /** First moment of the range, in nanoseconds since the epoch. */
  sinceNs: bigint;
  /** First moment after the range, in nanoseconds since the epoch. */
  untilNs: bigint;
  /** Whether the range has no end, so that it includes items from senders whose clock is slightly ahead. */
  isOpen: boolean;
}

/** Options that choose a range of time. */
export interface TimeRangeOptions {
  /**
   * Start of the time range: a duration back (`10m`, `2h`), a time (`2026-11-22T10:49:59`, UTC unless it has a zone), or
   * seconds since the epoch.
   * @default "1h"
   */
  since?: string | undefined;
  /**
   * End of the time range, in the forms of `since`. Items at exactly this moment are not included.
   * @default "now"
   */
  until?: string | undefined;
}

const DEFAULT_SINCE = "1h";

/** Reads a time range. Throws a usage error when an end of it is no moment, or when it ends before it starts. */
export function readTimeRange(options: TimeRangeOptions, nowNs: bigint): TimeRange {
  const { since = DEFAULT_SINCE, until = "now" } = options;
  const sinceNs = readMoment("since", since, nowNs);
  const untilNs = readMoment("until", until, nowNs);
  if (sinceNs < untilNs) return { sinceNs, untilNs, isOpen: until === "now" };
  throw usageError(`since (${since}) must be before until (${until})`);
}

/** Returns the length of a time range in seconds. */
export const rangeSeconds = (range: TimeRange): number =>
  Number(range.untilNs - range.sinceNs) / 1e9;
