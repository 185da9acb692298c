import { readWholeNumber } from "../choice.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "../time-range.js";

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
/** Buckets of the range, and at most as many before it. */
const BUCKETS = 30;
/** Buckets of the earlier range without which its noise is not known: a quarter. */
const LEAST_EARLIER = 8;
/** Most metrics to compare. */
const MAX_METRICS = 10_000;
const HOUR_NS = 3_600_000_000_000n;
const MINUTE_NS = 60_000_000_000n;

/** Options of `queries.movers`. */
export interface MoversOptions extends Omit<TimeRangeOptions, "since"> {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default "1h", or the second half of the time since the oldest stored metric when that is shorter
   */
  since?: string | undefined;
  /**
   * Most metrics to return, from 1 to 100.
   * @default 10
   */
  limit?: number | undefined;
}

/** A range of time beside the one before it, both in buckets. */
export interface Comparison {
  readonly range: TimeRange;
  /** The range just before, a whole number of buckets. */
  readonly earlier: TimeRange;
  /** Number of buckets of the range. */
  readonly buckets: number;
  /** Number of buckets of the earlier range. */
  readonly earlierBuckets: number;
  /** Length of a bucket in nanoseconds. The first one begins with the earlier range. */
  readonly intervalNs: bigint;
  /** Most metrics to compare: those with the most calls. */
  readonly metricLimit: number;
}

/** A valid question for the metrics that moved. */
export interface MoversQuestion {
  readonly range: TimeRange;
  /** Length of a bucket in nanoseconds. */
  readonly intervalNs: bigint;
  /** `undefined` when too little is stored of the time before the range. */
  readonly comparison: Comparison | undefined;
  readonly limit: number;
}

/**
 * Reads the options. Throws a usage error for options that are not valid.
 * @param oldestNs - time of the oldest stored metric, in nanoseconds since the epoch
 */
export function readMoversQuestion(
  options: MoversOptions,
  nowNs: bigint,
  oldestNs: bigint | undefined,
): MoversQuestion {
  const range = readRange(options, nowNs, oldestNs ?? nowNs);
  // Rounded up, so that the buckets cover the range.
  const intervalNs = (range.untilNs - range.sinceNs + BigInt(BUCKETS) - 1n) / BigInt(BUCKETS);
  return {
    range,
    intervalNs,
    comparison: compare(range, intervalNs, oldestNs ?? nowNs),
    limit: readWholeNumber("limit", options.limit ?? DEFAULT_LIMIT, { least: 1, most: MAX_LIMIT }),
  };
}

/** An hour of a store that began ten minutes ago has nothing to compare with, so its two halves are compared. */
function readRange(options: MoversOptions, nowNs: bigint, oldestNs: bigint): TimeRange {
  if (options.since !== undefined || options.until !== undefined)
    return readTimeRange(options, nowNs);
  const half = (nowNs - oldestNs) / 2n;
  const length = half > HOUR_NS ? HOUR_NS : half < MINUTE_NS ? MINUTE_NS : half;
  return { sinceNs: nowNs - length, untilNs: nowNs, isOpen: true };
}

/** The earlier range has only whole buckets since the oldest metric: before it, no metric is no silence. */
function compare(range: TimeRange, intervalNs: bigint, oldestNs: bigint): Comparison | undefined {
  const { sinceNs } = range;
  const earlierBuckets = Math.min(BUCKETS, Number((sinceNs - oldestNs) / intervalNs));
  if (earlierBuckets < LEAST_EARLIER) return undefined;
  const earlierNs = sinceNs - BigInt(earlierBuckets) * intervalNs;
  return {
    range,
    earlier: { sinceNs: earlierNs, untilNs: sinceNs, isOpen: false },
    buckets: BUCKETS,
    earlierBuckets,
    intervalNs,
    metricLimit: MAX_METRICS,
  };
}
