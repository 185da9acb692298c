import fc from "fast-check";
import { expect, it } from "vitest";
import { selfTime } from "../../src/answers/self-time.js";

const stretch = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.nat(30))
  .map(([begin, length]) => ({ begin, end: begin + length }));

it("self time is what no child covers, counted unit by unit", () => {
  const run = fc.property(stretch, fc.array(stretch, { maxLength: 8 }), (span, children) => {
    const units = Array.from({ length: span.end - span.begin }, (_, index) => span.begin + index);
    const free = units.filter(
      (unit) => !children.some(({ begin, end }) => unit >= begin && unit < end),
    );
    expect(selfTime(span, children)).toBe(free.length);
  });
  fc.assert(run, { numRuns: 500 });
});
