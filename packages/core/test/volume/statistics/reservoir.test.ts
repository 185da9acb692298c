import { estimate, type Estimates } from "@spanmeter/testing/snuba/estimate";
import { describe, expect, test } from "vitest";
import { fold, reservoir, type VolumeRule } from "../../../src/index.js";
import { readStored } from "./read-stored.js";
import { SHAPES, valuesOf } from "./shapes.js";
import { MAX_STANDARD_ERRORS, standardErrorsOff } from "./standard-errors.js";

const CALLS = 400;
const SEEDS = 150;
const PERCENTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Records values into a reservoir of one client and returns what Sentry computes from what was sent. */
async function estimateOnce(
  policy: VolumeRule["policy"],
  values: readonly number[],
  seed: number,
): Promise<Estimates> {
  const volume = [{ match: "d", policy }];
  return estimate(
    await readStored({ volume }, seed, ({ client }) => {
      for (const value of values) client.metrics.distribution("d", value);
    }),
  );
}

async function estimateOften(
  policy: VolumeRule["policy"],
  values: readonly number[],
): Promise<Estimates[]> {
  const all: Estimates[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) all.push(await estimateOnce(policy, values, seed));
  return all;
}

/**
 * The expected rank of a percentile in a uniform sample, if the least and the greatest call stand for themselves: the
 * j-th of k values sampled from N has the rank j (N + 1) / (k + 1) on average.
 */
function expectedRank(share: number, size: number): number {
  const [others, sampled] = [CALLS - 2, size - 2];
  const place = Math.ceil(((share * CALLS - 1) * sampled) / others - 1e-9);
  if (place > sampled) return CALLS;
  return 1 + (place * (others + 1)) / (sampled + 1);
}

describe.each(Object.keys(SHAPES))("values that are %s", (shape) => {
  const values = valuesOf(shape, CALLS, 7);
  const sorted = [...values].sort((a, b) => a - b);

  test.each([5, 10, 50, 100])("in a reservoir of %i keep their aggregates", async (size) => {
    const all = await estimateOften(reservoir({ size }), values);
    for (const { count, min, max } of all)
      expect({ count, min, max }).toEqual({ count: CALLS, min: sorted[0], max: sorted.at(-1) });
    const sums = all.map(({ sum }) => sum);
    expect(standardErrorsOff(sums, sumOf(values))).toBeLessThan(MAX_STANDARD_ERRORS);
    for (const [name, share] of PERCENTILES) {
      const ranks = all.map((each) => 1 + sorted.indexOf(each[name]));
      const off = standardErrorsOff(ranks, expectedRank(share, size));
      expect(off, `rank of ${name}`).toBeLessThan(MAX_STANDARD_ERRORS);
    }
  });
});

test("a percentile of a reservoir is off by at most the share of one kept value on average", () => {
  for (const size of [5, 10, 50, 100])
    for (const [, share] of PERCENTILES)
      expect(Math.abs(expectedRank(share, size) / CALLS - share)).toBeLessThan(1 / (size - 2));
});

test("constant values keep every aggregate", async () => {
  const values = Array.from({ length: CALLS }, () => 3);
  for (const { sum, ...rest } of await estimateOften(reservoir({ size: 50 }), values)) {
    expect(rest).toMatchObject({ count: CALLS, min: 3, max: 3, p50: 3, p95: 3, p99: 3 });
    expect(sum / (3 * CALLS)).toBeCloseTo(1, 4);
  }
});

test.each([3, 4, 50, 51, 52, 53, 75, 997, 10_000, 47_999])(
  "the weights of a reservoir of 50 add up to %i calls",
  async (calls) => {
    const values = Array.from({ length: calls }, (_, i) => i);
    const { count, min, max } = await estimateOnce(reservoir({ size: 50 }), values, 1);
    expect([count, min, max]).toEqual([calls, 0, calls - 1]);
  },
);

test("the weights of the smallest reservoir add up while a kept value stands for at most 1 000 calls", async () => {
  for (let calls = 5; calls <= 1000; calls += 13) {
    const values = Array.from({ length: calls }, (_, i) => i);
    const { count } = await estimateOnce(reservoir({ size: 3 }), values, 1);
    expect(count).toBe(calls);
  }
});

test.each([
  [3, 9000],
  [10, 75_000],
  [50, 123_457],
])("a reservoir of %i is off by less than 1 %% for %i calls", async (size, calls) => {
  const values = Array.from({ length: calls }, (_, i) => i);
  const { count } = await estimateOnce(reservoir({ size }), values, 1);
  expect(Math.abs(count / calls - 1)).toBeLessThan(0.01);
});

test.each([
  ["reservoir()", reservoir({ size: 20, interval: 10_000 })],
  ["fold()", fold({ by: "series", interval: 10_000 })],
])("intervals of %s with different amounts and values add up", async (_label, policy) => {
  const amounts = [5, 1000, 1, 400, 0, 30];
  const volume = [{ match: "d", policy }];
  const sums: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const stored = await readStored({ volume }, seed, async ({ client, clock }) => {
      for (const [place, amount] of amounts.entries()) {
        for (let i = 0; i < amount; i++) client.metrics.distribution("d", 1000 * place + i);
        await clock.advance(10_000);
      }
    });
    const { count, sum, min, max } = estimate(stored);
    expect([count, min, max]).toEqual([sumOf(amounts), 0, 5029]);
    sums.push(sum);
  }
  const truth = amounts.flatMap((amount, place) =>
    Array.from({ length: amount }, (_, i) => 1000 * place + i),
  );
  expect(standardErrorsOff(sums, sumOf(truth))).toBeLessThan(MAX_STANDARD_ERRORS);
});

test("each call of an interval has the same chance to be kept, whenever it was made", async () => {
  const tenths = Array.from({ length: SEEDS }, () => Array.from({ length: 10 }, () => 0));
  for (const [seed, kept] of tenths.entries()) {
    const volume = [{ match: "d", policy: reservoir({ size: 52 }) }];
    // The least and the greatest value are the first two calls, so that all others are sampled.
    const stored = await readStored({ volume }, seed, ({ client }) => {
      for (const value of [-1, 1e6]) client.metrics.distribution("d", value);
      for (let i = 0; i < 1000; i++) client.metrics.distribution("d", i);
    });
    for (const { value } of stored)
      if (value >= 0 && value < 1000) kept[Math.floor(value / 100)]! += 1;
  }
  for (let tenth = 0; tenth < 10; tenth++) {
    const counts = tenths.map((kept) => kept[tenth] as number);
    expect(standardErrorsOff(counts, 5)).toBeLessThan(MAX_STANDARD_ERRORS);
  }
});
