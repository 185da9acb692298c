import { readChoice, readWholeNumber } from "../choice.js";
import type { TimeRange, TimeRangeOptions } from "../time-range.js";
import { readStoredRange } from "./stored-range.js";

const MAX_SPARK = 120;
const DEFAULT_SPARK = 60;
/** Most metrics in the list of metrics. */
const MAX_METRICS = 10_000;

/** Columns by which the list of metrics can be sorted. */
const METRIC_ORDERS = ["name", "count", "bytes", "lastSeen"] as const;
const SORTS = METRIC_ORDERS.flatMap((each) => [each, `-${each}`] as const);

/** Options of `queries.metrics`. */
export interface MetricListOptions extends Omit<TimeRangeOptions, "since"> {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default the oldest stored metric, at least a minute back; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * A part of the names to list, in any case.
   * @default every name
   */
  q?: string | undefined;
  /**
   * Number of buckets of the course of each metric over the range, from 0 to 120.
   * @default 60
   */
  spark?: number | undefined;
  /**
   * The order: `name`, `count`, `bytes` or `lastSeen`, with `-` before it the greatest first.
   * @default "name"
   */
  sort?: string | undefined;
}

/** A valid question for the list of metrics. */
export interface MetricListQuestion {
  /** A part of the names; empty for every name. */
  readonly part: string;
  readonly range: TimeRange;
  readonly sort: {
    readonly by: (typeof METRIC_ORDERS)[number];
    readonly isDescending: boolean;
  };
  readonly spark: {
    /** Number of buckets; 0 for none. */
    readonly buckets: number;
    /** Length of a bucket in nanoseconds. The first one begins with the range. */
    readonly intervalNs: bigint;
  };
  readonly limit: number;
}

/**
 * Reads the options. Throws a usage error for options that are not valid.
 * @param oldestNs - time of the oldest stored metric, in nanoseconds since the epoch
 */
export function readMetricListQuestion(
  options: MetricListOptions,
  nowNs: bigint,
  oldestNs: bigint | undefined,
): MetricListQuestion {
  const { q: part = "", sort: text = "name", spark = DEFAULT_SPARK } = options;
  const range = readStoredRange(options, nowNs, oldestNs);
  const sort = readChoice("sort", text, SORTS);
  const buckets = readWholeNumber("spark", spark, { least: 0, most: MAX_SPARK });
  return {
    part,
    range,
    sort: {
      by: METRIC_ORDERS.find((each) => sort.endsWith(each)) ?? "name",
      isDescending: sort.startsWith("-"),
    },
    spark: { buckets, intervalNs: bucketLength(range, BigInt(Math.max(1, buckets))) },
    limit: MAX_METRICS,
  };
}

/** Rounded up, so that the buckets cover the range. */
const bucketLength = ({ sinceNs, untilNs }: TimeRange, buckets: bigint): bigint =>
  (untilNs - sinceNs + buckets - 1n) / buckets;
