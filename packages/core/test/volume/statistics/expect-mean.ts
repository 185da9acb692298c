import { expect } from "vitest";

/**
 * How many standard errors the mean of an unbiased estimator may be off: by chance it is further off once in 15 000
 * times. Seeds are fixed, so that a test either passes always or never.
 */
const STANDARD_ERRORS = 4;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** Expects that the mean of estimates, one for each seed, is the true value within 4 standard errors. */
export function expectMean(
  estimates: readonly number[],
  truth: number,
  label: string,
  /** How far off the estimator may be by definition. */
  bias = 0,
): void {
  const average = mean(estimates);
  const variance = mean(estimates.map((each) => (each - average) ** 2));
  const standardError = Math.sqrt(variance / (estimates.length - 1));
  // Rates of six digits.
  const rounding = Math.abs(truth) * 1e-5;
  expect(
    Math.abs(average - truth),
    `${label}: mean ${average}, truth ${truth}, standard error ${standardError}`,
  ).toBeLessThanOrEqual(STANDARD_ERRORS * standardError + bias + rounding);
}
