import { describe, expect, it } from "vitest";
import { formatNumber } from "../../../src/format/text/number.js";
import { formatDuration, formatValue } from "../../../src/format/text/unit.js";

describe("a number", () => {
  it.each([
    [0, "0"],
    [1234567, "1,234,567"],
    [0.1 + 0.2, "0.3"],
    [12.3456789, "12.3457"],
    [1234567.891, "1,234,567.89"],
    [0.000012345678, "0.0000123457"],
    [-3.5, "-3.5"],
    [null, "-"],
    [undefined, "-"],
  ])("%d is shown as %s", (value, shown) => {
    expect(formatNumber(value)).toBe(shown);
  });
});

describe("a value", () => {
  it.each([
    [12.5, "millisecond", "12.5 ms"],
    [3, "mebibyte", "3 MiB"],
    [99.5, "percent", "99.5 %"],
    [0.5, "ratio", "0.5"],
    [4, undefined, "4"],
    [null, "second", "-"],
  ])("of %d in %s is shown as %s", (value, unit, shown) => {
    expect(formatValue(value, unit)).toBe(shown);
  });
});

describe("a duration", () => {
  it.each([
    [0, "0 µs"],
    [0.25, "250 µs"],
    [1, "1 ms"],
    [12.3456, "12.3 ms"],
    [1500, "1.5 s"],
    [90_000, "1.5 min"],
    [3_600_000, "1 h"],
    [5 * 86_400_000, "5 d"],
  ])("of %d ms is shown as %s", (milliseconds, shown) => {
    expect(formatDuration(milliseconds)).toBe(shown);
  });
});

describe("a number of hundreds of digits", () => {
  it("is written with an exponent", () => {
    expect(formatNumber(1.23456789e308)).toBe("1.23457e+308");
    expect(formatNumber(-1e300)).toBe("-1e+300");
    expect(formatNumber(1.5e-300)).toBe("1.5e-300");
    expect(formatNumber(Number.MAX_SAFE_INTEGER)).toBe("9,007,199,254,740,991");
    expect(formatNumber(0)).toBe("0");
  });
});
