import { readTimeRange, type TimeRange, type TimeRangeOptions } from "../time-range.js";

/** A rate over less than a minute would mean little. */
const LEAST_NS = 60_000_000_000n;

/** Reads a time range; without one, the range of everything stored until now, of at least a minute. */
export function readStoredRange(
  options: TimeRangeOptions,
  nowNs: bigint,
  oldestNs: bigint | undefined,
): TimeRange {
  if (options.since !== undefined || options.until !== undefined)
    return readTimeRange(options, nowNs);
  const sinceNs = earlier(oldestNs ?? nowNs, nowNs - LEAST_NS);
  return { sinceNs, untilNs: nowNs, isOpen: true };
}

/** Cuts the time before the oldest item off a range that would have none of it, but leaves at least a minute. */
export function observedRange(range: TimeRange, oldestNs: bigint | undefined): TimeRange {
  const { sinceNs, untilNs } = range;
  const latest = earlier(oldestNs ?? sinceNs, untilNs - LEAST_NS);
  return { ...range, sinceNs: latest > sinceNs ? latest : sinceNs };
}

const earlier = (one: bigint, other: bigint): bigint => (one < other ? one : other);
