/** Random numbers of the kinds that applications record. */
export interface RandomValues {
  /** Returns a number from 0 to less than 1. */
  uniform(): number;
  /** Returns whether an event of this chance happens. */
  chance(share: number): boolean;
  /** Returns an integer from 0 to less than `count`. */
  below(count: number): number;
  /** Returns a number whose logarithm has a normal distribution: half are below `median`. */
  logNormal(median: number, spread: number): number;
  /** Returns how many events happen if `mean` happen on average. */
  poisson(mean: number): number;
  /** Returns an id of so many hex digits, a multiple of 4. */
  hex(digits: number): string;
}

/** All texts of four hex digits: ids are made of them. */
const HEX = Array.from({ length: 2 ** 16 }, (_, i) => i.toString(16).padStart(4, "0"));

/** Makes random numbers of many kinds out of one kind. */
export function createRandomValues(uniform: () => number): RandomValues {
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

  function poisson(mean: number): number {
    // The sum of two: a product of many numbers would be too small for a double.
    if (mean > 100) return poisson(mean / 2) + poisson(mean / 2);
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count++;
    return count;
  }

  function hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += HEX[Math.floor(uniform() * HEX.length)];
    return text;
  }

  return {
    uniform,
    chance: (share) => uniform() < share,
    below: (count) => Math.floor(uniform() * count),
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    poisson,
    hex,
  };
}
