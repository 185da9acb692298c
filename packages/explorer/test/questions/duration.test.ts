import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/questions/duration.js";

describe("a duration", () => {
  it.each([
    ["90s", 90],
    ["10m", 600],
    ["1h30m", 5400],
    ["500ms", 0.5],
    ["1.5h", 5400],
    ["2d", 172_800],
    ["1w", 604_800],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(BigInt(seconds * 1e9));
  });

  it.each(["", "10", "m", "-5m", "5 m", "10y", "0s", "999999999w"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
