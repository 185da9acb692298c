import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitRatesExactly } from "../../src/policies/exact-rates.js";

const weightOf = (rates: readonly number[]): number =>
  rates.reduce((sum, rate) => sum + 1 / rate, 0);

describe("the rates of kept values", () => {
  test("have weights that add up to the calls, up to 10 000 calls a kept value", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 200 }),
        fc.integer({ min: 1, max: 10_000 }),
        (kept, each) => {
          const calls = kept * each + (each % kept);
          const rates = splitRatesExactly(kept, calls);
          expect(rates).toHaveLength(kept);
          expect(Math.abs(weightOf(rates) - calls)).toBeLessThan(0.5);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("are off by less than a thousandth up to 100 000 calls a kept value", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 200 }),
        fc.integer({ min: 10_000, max: 100_000 }),
        (kept, each) => {
          const calls = kept * each + (each % kept);
          const off = Math.abs(weightOf(splitRatesExactly(kept, calls)) - calls);
          expect(off / calls).toBeLessThan(0.001);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("have six digits, and are at most 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 1e8 }),
        (kept, more) => {
          for (const rate of splitRatesExactly(kept, kept + more)) {
            expect(rate).toBeGreaterThan(0);
            expect(rate).toBeLessThanOrEqual(1);
            expect(Math.round(rate * 1e6) / 1e6).toBe(rate);
          }
        },
      ),
    );
  });
});
