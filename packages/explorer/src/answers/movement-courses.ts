import type { Comparison } from "../questions/lists/movers-question.js";
import type { BucketSummary, RangeSummary, StoredMovement } from "../store/stored-movement.js";
import type { Estimate, Movement } from "./movement-score.js";

/** A metric over two ranges. */
export interface Course {
  /** The value over the earlier range; `null` without one. */
  readonly before: number | null;
  /** The value over the range; `null` without one. */
  readonly now: number | null;
  /** The value in each bucket of the range. */
  readonly spark: (number | null)[];
  /** The numbers from which the score is computed. */
  readonly movement: Movement;
}

/** The course of the values of a metric: the rate a minute for counters, the value itself for others. */
export const valuesOf = (stored: StoredMovement, comparison: Comparison): Course =>
  stored.type === "counter"
    ? rateOf(stored, comparison, { sum: ({ value }) => value, error: errorOf })
    : plainCourse(stored, comparison);

/** The course of the calls of a metric a minute. */
export const callsOf = (stored: StoredMovement, comparison: Comparison): Course =>
  rateOf(stored, comparison, {
    sum: ({ calls }) => calls,
    error: ({ squaredCalls }) => Math.sqrt(squaredCalls),
  });

/** Fewer items have none that lies two standard errors above their 95th percentile. */
const LEAST_WITH_UPPER = 80;

function errorOf({ samples, value, lower, upper }: RangeSummary): number {
  if (samples >= LEAST_WITH_UPPER) return (upper - lower) / 4;
  return Math.max(upper - value, value - lower) / 2;
}

interface Additive {
  readonly sum: (summary: RangeSummary | BucketSummary) => number;
  readonly error: (summary: RangeSummary) => number;
}

/** Ranges and buckets without items have a rate of 0. */
function rateOf(stored: StoredMovement, comparison: Comparison, { sum, error }: Additive): Course {
  const { buckets, earlierBuckets, intervalNs } = comparison;
  const minutes = Number(intervalNs) / 60e9;
  const values = Array.from({ length: earlierBuckets + buckets }, () => 0);
  for (const each of stored.buckets) values[each.bucket] = sum(each) / minutes;
  const estimate = (summary: RangeSummary | undefined, count: number): Estimate => ({
    value: summary ? sum(summary) / minutes / count : 0,
    error: summary ? error(summary) / minutes / count : 0,
  });
  const movement = {
    before: estimate(stored.before, earlierBuckets),
    now: estimate(stored.now, buckets),
    earlierBuckets: values.slice(0, earlierBuckets),
    buckets: values.slice(earlierBuckets),
    isOfLogarithms: false,
  };
  return {
    before: finite(movement.before.value),
    now: finite(movement.now.value),
    spark: movement.buckets.map(finite),
    movement,
  };
}

/** Only ranges and buckets with items have a value. */
function plainCourse(stored: StoredMovement, { buckets, earlierBuckets }: Comparison): Course {
  const { before, now } = stored;
  const spark: (number | null)[] = Array.from({ length: buckets }, () => null);
  for (const { bucket, value } of stored.buckets)
    if (bucket >= earlierBuckets) spark[bucket - earlierBuckets] = finite(value);
  return {
    before: before ? finite(before.value) : null,
    now: now ? finite(now.value) : null,
    spark,
    movement: plainMovement(stored, earlierBuckets),
  };
}

/**
 * Durations and sizes differ by factors: their logarithms are spread evenly around the middle, so that the noise of slow
 * values is as large as that of fast ones. A distribution with a value that has no logarithm is compared as it is.
 */
function plainMovement(stored: StoredMovement, earlierBuckets: number): Movement {
  const { before, now, buckets, type } = stored;
  const values = [before, now].flatMap((each) => (each ? [each.lower, each.value] : []));
  const isOfLogarithms =
    type === "distribution" &&
    [...values, ...buckets.map(({ value }) => value)].every((value) => value > 0);
  const scale = (value: number): number => (isOfLogarithms ? Math.log(value) : value);
  const estimate = (summary: RangeSummary | undefined): Estimate => {
    if (summary === undefined) return { value: 0, error: 0 };
    const scaled = {
      ...summary,
      value: scale(summary.value),
      lower: scale(summary.lower),
      upper: scale(summary.upper),
    };
    return { value: scaled.value, error: errorOf(scaled) };
  };
  const valuesWhere = (isIn: (bucket: number) => boolean): number[] =>
    buckets.filter(({ bucket }) => isIn(bucket)).map(({ value }) => scale(value));
  return {
    before: estimate(before),
    now: estimate(now),
    earlierBuckets: valuesWhere((bucket) => bucket < earlierBuckets),
    buckets: valuesWhere((bucket) => bucket >= earlierBuckets),
    isOfLogarithms,
  };
}

/** JSON has no infinity. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
