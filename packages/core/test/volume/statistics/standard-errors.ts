/**
 * How many standard errors the mean of an unbiased estimator may be off: by chance it is further off once in 15 000
 * times. Seeds are fixed, so that a test either passes always or never.
 */
export const MAX_STANDARD_ERRORS = 4;

/** Rates have six digits. */
const ROUNDING = 1e-5;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/**
 * How far the mean of estimates, one for each seed, is off the true value, in standard errors of that mean. `bias` is how
 * far off the estimator may be by definition.
 */
export function standardErrorsOff(estimates: readonly number[], truth: number, bias = 0): number {
  const average = mean(estimates);
  const variance = mean(estimates.map((each) => (each - average) ** 2));
  const standardError = Math.sqrt(variance / (estimates.length - 1));
  const excess = Math.abs(average - truth) - bias - Math.abs(truth) * ROUNDING;
  return excess <= 0 ? 0 : excess / standardError;
}
