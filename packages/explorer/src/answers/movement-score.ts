/** A value, and one standard error that the number of items alone causes. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** The values of a metric in two ranges, and in their buckets. */
export interface Movement {
  readonly before: Estimate;
  readonly now: Estimate;
  /** The values of the buckets of the earlier range. */
  readonly earlierBuckets: readonly number[];
  /** The values of the buckets of the range. */
  readonly buckets: readonly number[];
  /** Whether all values are natural logarithms. */
  readonly isOfLogarithms: boolean;
}

/** Standard errors that a difference must exceed, for many buckets: one metric in ten thousand does so by chance. */
const STANDARD_ERRORS = 4;
/** No standard error is smaller than this share of the greater value: about a tenth is the least difference that counts. */
const LEAST_ERROR = 0.025;
/** A greater correlation of neighbouring buckets cannot be measured in few buckets. */
const MOST_CORRELATION = 0.9;

/**
 * Returns how many doublings of the difference remain when its noise is taken off; 0 when the noise explains it.
 *
 * The noise is that of the earlier buckets, because a burst in the range is no noise but what is looked for. It is at
 * least that of counting so few items. A difference that a single bucket causes is no movement: a job that runs now and
 * then would move at each run.
 */
export function scoreMovement(movement: Movement): number {
  const { before, now, earlierBuckets, isOfLogarithms } = movement;
  const difference = withoutFarthest(movement);
  const sizes = [before.value, before.value + difference].map(Math.abs);
  const leastError = LEAST_ERROR * (isOfLogarithms ? 1 : Math.max(...sizes));
  const error = Math.max(bucketError(movement), Math.hypot(before.error, now.error), leastError);
  const rest = Math.abs(difference) - standardErrors(earlierBuckets.length - 1) * error;
  // Values and errors that are not finite end here, too.
  if (!(rest > 0 && rest < Infinity)) return 0;
  return isOfLogarithms
    ? rest / Math.LN2
    : Math.log2(1 + rest / Math.max(Math.min(...sizes), error));
}

/** The difference without the bucket that lies farthest in its direction; 0 when nothing is left of it. */
function withoutFarthest({ before, now, buckets }: Movement): number {
  const difference = now.value - before.value;
  if (buckets.length < 2) return 0;
  const isRise = difference > 0;
  const farthest = isRise ? Math.max(...buckets) : Math.min(...buckets);
  const rest = difference - (farthest - meanOf(buckets)) / (buckets.length - 1);
  return isRise ? Math.max(0, Math.min(difference, rest)) : Math.min(0, Math.max(difference, rest));
}

/** One standard error of the difference of the means of the buckets. Correlated buckets are worth fewer. */
function bucketError({ earlierBuckets, buckets }: Movement): number {
  const mean = meanOf(earlierBuckets);
  const deviations = earlierBuckets.map((value) => value - mean);
  const squares = sum(deviations.map((each) => each * each));
  const variance = squares / (earlierBuckets.length - 1);
  const products = deviations.slice(1).map((each, index) => each * (deviations[index] ?? 0));
  const correlation = squares > 0 ? sum(products) / squares : 0;
  const limited = Math.min(MOST_CORRELATION, Math.max(0, correlation));
  const inflation = (1 + limited) / (1 - limited);
  return Math.sqrt(variance * inflation * (1 / earlierBuckets.length + 1 / buckets.length));
}

/**
 * As unlikely as `STANDARD_ERRORS` of a normal distribution, for a standard error that is estimated from few values
 * (Student's t, approximated as by D. L. Wallace, 1959).
 */
const standardErrors = (degreesOfFreedom: number): number =>
  degreesOfFreedom < 1
    ? Infinity
    : Math.sqrt(degreesOfFreedom * Math.expm1(STANDARD_ERRORS ** 2 / degreesOfFreedom));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const meanOf = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
