import type { Measure } from "./block-sums.js";

/** Reads the amounts and exposures of a block. */
export interface BlockReader {
  readonly blocks: number;
  amount(block: number): number;
  exposure(block: number): number;
}

/** Sums over the blocks of one side: of amounts `a` and exposures `t`, of their squares and products. */
interface Sums {
  a: number;
  t: number;
  aa: number;
  at: number;
  tt: number;
}

/** One side: of the value itself, of everything else, and of both together. */
interface Side {
  blocks: number;
  own: Sums;
  rest: Sums;
  /** Products of the value and everything else in the same block. */
  both: { aa: number; at: number; ta: number; tt: number };
}

/** The ratio of amounts to exposures, and how much a block's deviation moves what is compared. */
interface Ratio {
  readonly ratio: number;
  readonly factor: number;
  /** The square of the error that counting alone makes. */
  readonly least: number;
}

/**
 * Returns how much more the ratio of amounts to exposures changes from the other blocks to those labelled 1 than that of everything
 * else does, in standard errors. The errors are those between blocks, because the items of one are alike, and what happens to
 * everyone in a block at once is no error. Rates are compared by their logarithms: when all of them are three times as
 * high, none has changed more than the others.
 * @param rest - `undefined` for the change itself
 */
export function changeBeyond(
  own: BlockReader,
  rest: BlockReader | undefined,
  { labels, kind }: { labels: Uint8Array; kind: Measure["kind"] },
): number {
  const sides = sumSides(own, rest, labels);
  let [change, variance] = [0, 0];
  for (const [place, side] of sides.entries()) {
    const [one, other] = [ratioOf(side.own, kind), ratioOf(side.rest, kind)];
    const level = (ratio: number): number => (kind === "rate" ? Math.log(ratio) : ratio);
    const difference = level(one.ratio) - (rest === undefined ? 0 : level(other.ratio));
    change += place === 1 ? difference : -difference;
    const restFactor = rest === undefined ? 0 : other.factor;
    const spread = spreadOf(side, one, { ...other, factor: restFactor });
    variance += Math.max(spread, one.least + (rest === undefined ? 0 : other.least));
  }
  const statistic = change / Math.sqrt(variance);
  return Number.isFinite(statistic) ? statistic : 0;
}

function sumSides(own: BlockReader, rest: BlockReader | undefined, labels: Uint8Array) {
  const sides = [emptySide(), emptySide()] as const;
  for (let block = 0; block < own.blocks; block++) {
    const side = sides[labels[block] === 1 ? 1 : 0];
    const [a, t] = [own.amount(block), own.exposure(block)];
    side.blocks++;
    add(side.own, a, t);
    if (rest === undefined) continue;
    const [b, u] = [rest.amount(block), rest.exposure(block)];
    add(side.rest, b, u);
    side.both.aa += a * b;
    side.both.at += a * u;
    side.both.ta += t * b;
    side.both.tt += t * u;
  }
  return sides;
}

function add(sums: Sums, a: number, t: number): void {
  sums.a += a;
  sums.t += t;
  sums.aa += a * a;
  sums.at += a * t;
  sums.tt += t * t;
}

const emptySums = (): Sums => ({ a: 0, t: 0, aa: 0, at: 0, tt: 0 });

const emptySide = (): Side => ({
  blocks: 0,
  own: emptySums(),
  rest: emptySums(),
  both: { aa: 0, at: 0, ta: 0, tt: 0 },
});

function ratioOf({ a, t }: Sums, kind: Measure["kind"]): Ratio {
  if (kind === "rate") {
    // A rate of nothing has no logarithm: half an event more gives it one.
    const amount = a + 0.5;
    return { ratio: amount / t, factor: 1 / amount, least: 1 / Math.abs(amount) };
  }
  if (kind === "average") return { ratio: a / t, factor: 1 / t, least: 0 };
  const share = (a + 1) / (t + 2);
  return { ratio: a / t, factor: 1 / t, least: (share * (1 - share)) / (t + 2) };
}

/** The square of the standard error: the sum of squares of what each block adds to the difference. */
function spreadOf({ blocks, own, rest, both }: Side, one: Ratio, other: Ratio): number {
  const [r, q] = [one.ratio, other.ratio];
  const squares = (sums: Sums, { ratio, factor }: Ratio): number =>
    factor === 0 ? 0 : factor ** 2 * (sums.aa - 2 * ratio * sums.at + ratio ** 2 * sums.tt);
  const products =
    other.factor === 0
      ? 0
      : one.factor * other.factor * (both.aa - q * both.at - r * both.ta + r * q * both.tt);
  const sum = squares(own, one) + squares(rest, other) - 2 * products;
  return (Math.max(0, sum) * blocks) / Math.max(1, blocks - 1);
}
