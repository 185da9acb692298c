import { describe, expect, it } from "vitest";
import { formatChange, formatDifference } from "../../../src/format/text/change.js";

describe("a difference", () => {
  it.each([
    [12, "millisecond", "+12 ms"],
    [-3, "none", "-3"],
    [0, "byte", "0 B"],
    [null, "byte", "-"],
  ])("of %j in %s is %s", (difference, unit, text) => {
    expect(formatDifference(difference, unit)).toBe(text);
  });
});

describe("a change", () => {
  it.each([
    [946, 182, "+420 %"],
    [1, 3, "-66.7 %"],
    [-2, -4, "+50 %"],
    [5, 5, "0 %"],
    [5, 0, "-"],
    [5, null, "new"],
    [null, 5, "-"],
    [null, null, "-"],
    [1e308, 1e-308, "-"],
  ])("to %j from %j is %s", (now, before, text) => {
    expect(formatChange(now, before)).toBe(text);
  });
});
