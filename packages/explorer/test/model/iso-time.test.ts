import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoTime } from "../../src/model/iso-time.js";

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
