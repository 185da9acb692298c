import { splitRates } from "../volume/rate.js";

/** Weights this close to the calls are as good as equal: Sentry shows whole counts. */
const CLOSE = 0.5;
/** The most steps of 1e-6 that a rate is moved by. */
const MAX_MOVE = 40;

/**
 * The rates of {@link splitRates}, of which the last three are moved, as little as possible, until the weights add up
 * to the calls: where a kept value stands for more than 1000 calls, one rate of six digits cannot make good what is
 * left.
 */
export function splitRatesExactly(sampled: number, others: number): number[] {
  const rates = splitRates(sampled, others);
  const last = rates.slice(-3);
  const left = others - sumOf(rates);
  if (last.length < 3 || Math.abs(left) < CLOSE) return rates;
  return [...rates.slice(0, -3), ...moveThree(last, left + sumOf(last), Math.abs(left))];
}

const sumOf = (rates: readonly number[]): number => rates.reduce((sum, rate) => sum + 1 / rate, 0);

/** A rate of so many steps above 0, at most 1. */
const rateOfSteps = (steps: number): number => Math.min(1e6, Math.max(1, Math.round(steps))) / 1e6;

/** Three rates whose weights add up to `total`, or come as close to it as can be; `given` are off by `gap`. */
function moveThree(given: readonly number[], total: number, gap: number): readonly number[] {
  let best = given;
  let leastGap = gap;
  const middle = Math.round(3e6 / total);
  for (let move = 0; move <= MAX_MOVE && leastGap >= CLOSE; move++)
    for (let other = -move; other <= move; other++)
      for (const first of [middle - move, middle + move]) {
        const two = [rateOfSteps(first), rateOfSteps(middle + other)];
        const rates = [...two, rateOfSteps(1e6 / (total - sumOf(two)))];
        const nextGap = Math.abs(total - sumOf(rates));
        if (nextGap >= leastGap) continue;
        best = rates;
        leastGap = nextGap;
      }
  return best;
}
