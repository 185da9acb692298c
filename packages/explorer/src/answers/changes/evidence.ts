import type { Slices } from "../../runtime/slices.js";

const FEWEST = 199;
const MOST = 999;
/** A named value has a smaller p. */
export const SIGNIFICANT = 0.05;
/** Between these, more permutations may move a p across `SIGNIFICANT`. */
const UNCERTAIN = { from: 0.01, to: 0.2 };

/** The evidence for each value. */
export interface Evidence {
  /** The probability that the greatest statistic of an arrangement by chance is as great as that of this value. */
  readonly p: Float64Array;
  /** How far the value stands out, in comparable units. */
  readonly strength: Float64Array;
  readonly permutations: number;
}

/**
 * Compares the statistics of the values with those of random arrangements: with the greatest one of each, so that the
 * number of values is accounted for (Westfall and Young, max-T). Makes 199 arrangements, and up to 999 when the result
 * is near the limit.
 * @param fillObserved - fills in the statistics of what was received
 * @param fillPermuted - fills in the statistics of the next random arrangement
 * @param isScaled - whether the statistics are in comparable units; otherwise each is divided by its standard deviation
 * @param isRelevant - whether it matters how small the p of a value is
 */
export async function findEvidence(
  { count, isScaled, isRelevant }: EvidenceQuestion,
  fillObserved: Fill,
  fillPermuted: Fill,
  slices: Slices,
): Promise<Evidence> {
  const observed = new Float64Array(count);
  fillObserved(observed);
  const permuted: Float64Array[] = [];
  for (;;) {
    const next = new Float64Array(count);
    fillPermuted(next);
    permuted.push(next);
    await slices.rest();
    if (permuted.length !== FEWEST && permuted.length < MOST) continue;
    const evidence = weigh(observed, permuted, isScaled);
    const isNear = evidence.p.some(
      (p, value) => isRelevant(value) && p > UNCERTAIN.from && p < UNCERTAIN.to,
    );
    if (permuted.length >= MOST || !isNear) return evidence;
  }
}

interface EvidenceQuestion {
  readonly count: number;
  readonly isScaled: boolean;
  readonly isRelevant: (value: number) => boolean;
}

/** Fills in the statistic of each value. */
export type Fill = (statistics: Float64Array) => void;

function weigh(
  observed: Float64Array,
  permuted: readonly Float64Array[],
  isScaled: boolean,
): Evidence {
  const scales = observed.map((value, index) => {
    if (isScaled) return 1;
    // What was received is one of the possible arrangements.
    const squares = permuted.reduce((sum, each) => sum + (each[index] ?? 0) ** 2, value ** 2);
    const deviation = Math.sqrt(squares / (permuted.length + 1));
    return deviation > 0 ? 1 / deviation : 0;
  });
  const strengthOf = (statistics: Float64Array): Float64Array =>
    statistics.map((value, index) => value * (scales[index] ?? 0));
  const greatest = permuted.map((each) => strengthOf(each).reduce((a, b) => Math.max(a, b), 0));
  const strength = strengthOf(observed);
  return {
    strength,
    p: strength.map((value) => {
      const asGreat = greatest.filter((each) => each >= value * (1 - 1e-12)).length;
      return (1 + asGreat) / (permuted.length + 1);
    }),
    permutations: permuted.length,
  };
}
