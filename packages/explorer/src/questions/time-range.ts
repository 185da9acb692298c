import { readMoment } from "./moment.js";
import { usageError } from "./query-error.js";

export interface TimeRange {
  sinceNs: bigint;
  untilNs: bigint;
  /** No end was asked for: items that are a moment ahead of our clock belong to it too. */
  open: boolean;
}

export interface TimeRangeOptions {
  /**
   * How far back (`10m`, `2h`), a time (`2026-11-22T10:49:59`, UTC unless it carries a zone), or seconds since the epoch.
   * @default "1h"
   */
  since?: string | undefined;
  /**
   * When the range ends, in the forms of `since`; what happened at that very moment no longer belongs to it.
   * @default "now"
   */
  until?: string | undefined;
}

const DEFAULT_SINCE = "1h";

export function readTimeRange(options: TimeRangeOptions, nowNs: bigint): TimeRange {
  const { since = DEFAULT_SINCE, until = "now" } = options;
  const sinceNs = readMoment("since", since, nowNs);
  const untilNs = readMoment("until", until, nowNs);
  if (sinceNs < untilNs) return { sinceNs, untilNs, open: until === "now" };
  throw usageError(`since (${since}) must be before until (${until})`);
}

export const rangeSeconds = (range: TimeRange): number =>
  Number(range.untilNs - range.sinceNs) / 1e9;
