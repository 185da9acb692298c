import { describe, expect, it } from "vitest";
import { bar, shortSparkline, sparkline } from "../../../src/format/text/bar.js";

describe("a bar", () => {
  it.each([
    [0, ""],
    [0.5, "██"],
    [1, "████"],
    [0.25 + 1 / 32, "█▏"],
    [1e-9, "▏"],
    [7, "████"],
  ])("of the share %d is %j", (share, text) => {
    expect(bar(share, 4)).toBe(text);
  });
});

describe("a sparkline", () => {
  it.each([
    [[], ""],
    [[0, 0], "  "],
    [[1, 2, 4, 8, 0], "▁▂▄█ "],
    [[1e-300, 1e300], "▁█"],
    [[3], "█"],
  ])("of %j is %j", (numbers, text) => {
    expect(sparkline(numbers)).toBe(text);
  });
});

describe("a short sparkline", () => {
  it.each([
    [[], 4, ""],
    [[1, 2, 4, 8], 4, "▁▂▄█"],
    [[1, 3, 4, 4, 6, 10], 3, "▂▄█"],
    [[null, 8, null, null, 4], 3, "█ ▄"],
  ])("of %j in %i characters is %j", (values, width, text) => {
    expect(shortSparkline(values, width)).toBe(text);
  });
});
