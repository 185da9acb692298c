import { seededRandom } from "@spanmeter/testing";
import { estimate, type Estimates } from "@spanmeter/testing/snuba/estimate";
import { storeMetrics } from "@spanmeter/testing/snuba/stored-metric";
import { describe, expect, test } from "vitest";
import { reservoir } from "../../../src/index.js";
import { resetProcessGlobals, setUp } from "../../set-up.js";
import { expectMean } from "./expect-mean.js";
import { SHAPES, valuesOf } from "./shapes.js";

const CALLS = 400;
const SEEDS = 200;

/** Records values into a reservoir of one client and returns what Sentry makes of what was sent. */
async function estimateBy(size: number, values: readonly number[], seed: number) {
  resetProcessGlobals();
  const { client, transport } = setUp(
    { volume: [{ match: "d", policy: reservoir({ size }) }] },
    { random: seededRandom(seed) },
  );
  for (const value of values) client.metrics.distribution("d", value);
  expect(await client.flush()).toBe(true);
  const stored = storeMetrics(transport.metrics);
  return { stored, ...estimate(stored) };
}

async function estimateOften(size: number, values: readonly number[]): Promise<Estimates[]> {
  const all: Estimates[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) all.push(await estimateBy(size, values, seed));
  return all;
}

/**
 * The expected rank of a percentile in a uniform sample, if the least and the greatest call stand for themselves: the
 * j-th of k values of a sample of N has the rank j (N + 1) / (k + 1) on average.
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
  const sum = values.reduce((a, b) => a + b, 0);

  test.each([5, 10, 50, 100])("in a reservoir of %i keep their aggregates", async (size) => {
    const all = await estimateOften(size, values);
    for (const { count, min, max } of all)
      expect({ count, min, max }).toEqual({ count: CALLS, min: sorted[0], max: sorted.at(-1) });
    expectMean(
      all.map((each) => each.sum),
      sum,
      "sum",
    );
    for (const [name, share] of [
      ["p50", 0.5],
      ["p95", 0.95],
      ["p99", 0.99],
    ] as const)
      expectMean(
        all.map((each) => 1 + sorted.indexOf(each[name])),
        expectedRank(share, size),
        `rank of ${name}`,
      );
  });
});
