/** Of so many, so many have something. */
export interface Part {
  readonly having: number;
  readonly of: number;
}

/** Creates the two-sided exact test of Fisher for parts of at most so many altogether. */
export function createFisher(most: number): (one: Part, other: Part) => number {
  const logFactorials = new Float64Array(most + 1);
  for (let n = 2; n <= most; n++) logFactorials[n] = (logFactorials[n - 1] ?? 0) + Math.log(n);
  const logChoose = (n: number, k: number): number =>
    (logFactorials[n] ?? 0) - (logFactorials[k] ?? 0) - (logFactorials[n - k] ?? 0);

  return function probability(one, other) {
    const having = one.having + other.having;
    const whole = logChoose(one.of + other.of, having);
    const logOf = (k: number): number =>
      logChoose(one.of, k) + logChoose(other.of, having - k) - whole;
    // Tables as unlikely as this one count, too: sums of logarithms differ in their last digits.
    const limit = logOf(one.having) + 1e-9;
    let sum = 0;
    for (let k = Math.max(0, having - other.of); k <= Math.min(having, one.of); k++) {
      const log = logOf(k);
      if (log <= limit) sum += Math.exp(log);
    }
    return Math.min(1, sum);
  };
}
