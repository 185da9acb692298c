import { describe, expect, it } from "vitest";
import { findEvidence, type Fill } from "../../../src/answers/changes/evidence.js";
import { createRandom } from "../../../src/answers/changes/random.js";
import { NO_PAUSES } from "../../support/compared-items.js";

const random = createRandom(1);
const chance =
  (scales: readonly number[]): Fill =>
  (statistics) => {
    for (const [value, scale] of scales.entries()) statistics[value] = scale * (random() - 0.5);
  };

const weigh = (observed: readonly number[], scales: readonly number[], isScaled = true) =>
  findEvidence(
    { count: observed.length, isScaled, isRelevant: () => true },
    (statistics) => statistics.set(observed),
    chance(scales),
    NO_PAUSES,
  );

describe("the evidence for a value", () => {
  it("is as strong as the number of permutations allows when none is as great", async () => {
    const { p, permutations } = await weigh([0.6], [1]);
    expect([p[0], permutations]).toEqual([1 / 200, 199]);
  });

  it("accounts for the number of values", async () => {
    // A chance of 4 % for each of 20 values.
    const { p, permutations } = await weigh(
      [0.46, ...Array<number>(19).fill(0)],
      Array(20).fill(1),
    );
    expect(permutations).toBe(199);
    expect(p[0]).toBeGreaterThan(0.4);
    expect(p[0]).toBeLessThan(0.7);
  });

  it("rests on more permutations near the limit", async () => {
    const { p, permutations } = await weigh([0.45], [1]);
    expect(permutations).toBe(999);
    expect(Math.abs((p[0] ?? 1) - 0.05)).toBeLessThan(0.03);
  });

  it("does not depend on the units of other values", async () => {
    const { p, strength } = await weigh([0.6, 6], [1, 1_000], false);
    expect(p[0]).toBeLessThan(0.1);
    expect(strength[0]).toBeGreaterThan(strength[1] ?? 0);
  });

  it("is none for a value that does not differ", async () => {
    const { p } = await weigh([0, -1], [1, 1]);
    expect([...p]).toEqual([1, 1]);
  });
});
