import type { Measure } from "./block-sums.js";

/** Sums of one side over its blocks, from which a ratio and its error follow. */
interface SideSums {
  blocks: number;
  amount: number;
  exposure: number;
  squaredAmount: number;
  product: number;
  squaredExposure: number;
}

/** A ratio of sums and the square of its standard error. */
export interface Ratio {
  readonly ratio: number;
  readonly variance: number;
}

/** The ratio inside the strip and before it. */
export interface Ratios {
  readonly inside: Ratio;
  readonly outside: Ratio;
}

/** Reads the amounts and exposures of a block. */
export interface BlockReader {
  readonly blocks: number;
  amount(block: number): number;
  exposure(block: number): number;
}

/** Returns the ratio of amounts to exposures on both sides. Blocks are independent of each other, items are not. */
export function ratiosOf(
  { blocks, amount, exposure }: BlockReader,
  isInside: Uint8Array,
  kind: Measure["kind"],
): Ratios {
  const sides = [emptySums(), emptySums()] as const;
  for (let block = 0; block < blocks; block++) {
    const side = sides[isInside[block] === 1 ? 1 : 0];
    const [a, t] = [amount(block), exposure(block)];
    side.blocks++;
    side.amount += a;
    side.exposure += t;
    side.squaredAmount += a * a;
    side.product += a * t;
    side.squaredExposure += t * t;
  }
  return { outside: ratioOf(sides[0], kind), inside: ratioOf(sides[1], kind) };
}

/**
 * Returns how much more the first ratio changed than the second, in standard errors. Rates are compared by their logarithms:
 * when all of them are three times as high, none has changed more than the others.
 */
export function changeBeyond(
  one: Ratios,
  other: Ratios | undefined,
  kind: Measure["kind"],
): number {
  const parts = [one, ...(other ? [other] : [])].map(({ inside, outside }) =>
    kind === "rate" ? logChange(inside, outside) : plainChange(inside, outside),
  );
  const change = (parts[0]?.ratio ?? 0) - (parts[1]?.ratio ?? 0);
  const error = Math.sqrt(parts.reduce((sum, { variance }) => sum + variance, 0));
  const statistic = change / error;
  return Number.isFinite(statistic) ? statistic : 0;
}

const plainChange = (inside: Ratio, outside: Ratio): Ratio => ({
  ratio: inside.ratio - outside.ratio,
  variance: inside.variance + outside.variance,
});

function logChange(inside: Ratio, outside: Ratio): Ratio {
  const relative = ({ ratio, variance }: Ratio): number => variance / ratio ** 2;
  return {
    ratio: Math.log(inside.ratio / outside.ratio),
    variance: relative(inside) + relative(outside),
  };
}

const emptySums = (): SideSums => ({
  blocks: 0,
  amount: 0,
  exposure: 0,
  squaredAmount: 0,
  product: 0,
  squaredExposure: 0,
});

function ratioOf(sums: SideSums, kind: Measure["kind"]): Ratio {
  const { blocks, exposure } = sums;
  // A rate of nothing has no logarithm, and no error of its own: half an event more gives it both.
  const amount = sums.amount + (kind === "rate" ? 0.5 : 0);
  const ratio = amount / exposure;
  const residuals =
    sums.squaredAmount - 2 * ratio * sums.product + ratio ** 2 * sums.squaredExposure;
  const spread = (Math.max(0, residuals) / exposure ** 2) * (blocks / Math.max(1, blocks - 1));
  return { ratio, variance: Math.max(spread, leastVariance(amount, exposure, kind)) };
}

/** The error of counting alone: few events may by chance be equally many in each block. */
function leastVariance(amount: number, exposure: number, kind: Measure["kind"]): number {
  if (kind === "average") return 0;
  if (kind === "rate") return Math.abs(amount) / exposure ** 2;
  const share = (amount + 1) / (exposure + 2);
  return (share * (1 - share)) / (exposure + 2);
}
