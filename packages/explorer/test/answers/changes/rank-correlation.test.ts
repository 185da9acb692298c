import { describe, expect, it } from "vitest";
import { rankCorrelation } from "../../../src/answers/changes/rank-correlation.js";

describe("Spearman's rank correlation", () => {
  it("is that of R", () => {
    // cor(c(106, 100, 86, 101, 99, 103, 97, 113, 112, 110), c(7, 27, 2, 50, 28, 29, 20, 12, 6, 17), method = "spearman")
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-0.175758, 6);
    expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(0.948683, 6);
  });

  it("is 1 for any rising function, -1 for a falling one, and 0 for a constant", () => {
    const numbers = [-3, -1, 0, 2, 50];
    expect(rankCorrelation(numbers, numbers.map(Math.exp))).toBeCloseTo(1, 12);
    expect(
      rankCorrelation(
        numbers,
        numbers.map((each) => -each),
      ),
    ).toBeCloseTo(-1, 12);
    expect(rankCorrelation(numbers, [7, 7, 7, 7, 7])).toBe(0);
  });
});
