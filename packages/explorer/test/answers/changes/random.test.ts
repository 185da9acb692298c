import { describe, expect, it } from "vitest";
import { createRandom, shuffle } from "../../../src/answers/changes/random.js";

const numbers = (seed: number, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, random);
};

describe("random numbers", () => {
  it("are the same for the same seed, and others for another", () => {
    expect(numbers(7, 5)).toEqual(numbers(7, 5));
    expect(numbers(7, 5)).not.toEqual(numbers(8, 5));
    expect(numbers(0, 5)).not.toEqual(numbers(2 ** 32 - 1, 5));
  });

  it("are spread evenly from 0 to 1", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const number of numbers(1, 20_000)) counts[Math.floor(number * 10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});

describe("a shuffled list", () => {
  it("has every order about equally often", () => {
    const random = createRandom(1);
    const counts = new Map<string, number>();
    for (let run = 0; run < 6_000; run++) {
      const list = Int32Array.of(9, 1, 2, 3, 9);
      shuffle(list, random, 1, 4);
      counts.set(list.join(), (counts.get(list.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const [order, count] of counts) {
      expect(order).toMatch(/^9,.*,9$/);
      expect(Math.abs(count - 1_000)).toBeLessThan(150);
    }
  });
});
