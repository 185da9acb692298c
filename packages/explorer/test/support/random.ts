import { seededRandom } from "@spanmeter/testing";

/** Random numbers that are the same in every run. */
export interface SeededNumbers {
  /** Returns a number from 0 to less than 1. */
  uniform: () => number;
  /** Returns a number of the normal distribution with mean 0 and deviation 1. */
  normal: () => number;
  /** Returns how many of many rare events happen. */
  poisson: (mean: number) => number;
}

/** Creates a generator of random numbers. */
export function seededNumbers(seed: number): SeededNumbers {
  const uniform = seededRandom(seed);

  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  function poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = -1;
    for (let product = 1; product > limit; count++) product *= uniform();
    return count;
  }

  return { uniform, normal, poisson };
}
