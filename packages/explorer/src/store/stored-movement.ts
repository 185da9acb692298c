import type { MetricIdentity } from "../model/metric.js";

/** A metric in one range of time. */
export interface RangeSummary {
  /** Stored items, each counted once. */
  readonly samples: number;
  /** Calls that these items stand for. */
  readonly calls: number;
  /** The sum of the squares of the calls of each item. */
  readonly squaredCalls: number;
  /** The sum of a counter, the mean of a gauge, the 95th percentile of a distribution; not finite where a double cannot hold it. */
  readonly value: number;
  /** The value less two standard errors that the number of items alone causes; the value itself for a gauge. */
  readonly lower: number;
  /** The value and two such standard errors. */
  readonly upper: number;
}

/** A metric in a bucket that has items. */
export interface BucketSummary extends Pick<RangeSummary, "calls" | "value"> {
  /** Place of the bucket, from the first one of the earlier range. */
  readonly bucket: number;
}

/** A metric in a range and in the range before it. */
export interface StoredMovement extends MetricIdentity {
  /** `undefined` without items. */
  readonly before: RangeSummary | undefined;
  /** `undefined` without items. */
  readonly now: RangeSummary | undefined;
  /** The buckets of both ranges that have items. */
  readonly buckets: readonly BucketSummary[];
  /** Whether any stored item is older than the range. */
  readonly isKnown: boolean;
}
