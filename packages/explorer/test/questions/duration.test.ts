import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/questions/duration.js";
import { isoTime } from "../../src/model/iso-time.js";

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

describe("a stored time", () => {
  it("is written with all its nanoseconds", () => {
    expect(isoTime(1_795_344_599_893_449_123n)).toBe("2026-11-22T10:49:59.893449123Z");
    expect(isoTime(-1n)).toBe("1969-12-31T23:59:59.999999999Z");
  });

  it("sorts as text as it sorts as a number", () => {
    const time = fc.bigInt({ min: 0n, max: 9_000_000_000_000_000_000n });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(isoTime(a) < isoTime(b)).toBe(a < b);
      }),
    );
  });
});
