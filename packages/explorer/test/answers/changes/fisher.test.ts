import { describe, expect, it } from "vitest";
import { createFisher } from "../../../src/answers/changes/fisher.js";

const fisher = createFisher(1_000);
const test = (a: number, b: number, c: number, d: number): number =>
  fisher({ having: a, of: a + b }, { having: c, of: c + d });

describe("Fisher's exact test", () => {
  it("gives the probabilities that R gives", () => {
    // fisher.test(matrix(c(3, 1, 1, 3), 2)) and others.
    expect(test(3, 1, 1, 3)).toBeCloseTo(0.485714, 6);
    expect(test(10, 2, 3, 15)).toBeCloseTo(0.000536724, 8);
    expect(test(22, 3, 0, 25)).toBeCloseTo(5.183e-11, 13);
    expect(test(0, 10, 0, 20)).toBe(1);
  });

  it("is the same for both orders", () => {
    expect(test(7, 9, 30, 4)).toBeCloseTo(test(30, 4, 7, 9), 12);
    expect(test(7, 9, 30, 4)).toBeCloseTo(test(9, 7, 4, 30), 12);
  });
});
