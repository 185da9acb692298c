import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createShareCounts } from "../../../src/answers/changes/share-counts.js";

const item = fc.record({
  weight: fc.constantFrom(1, 2, 5),
  slice: fc.integer({ min: 0, max: 2 }),
  value: fc.integer({ min: -1, max: 2 }),
  isInside: fc.boolean(),
});

describe("the shares of values", () => {
  it("are those of the calls; outside, each slice of time counts as much as inside", () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 60 }), (items) => {
        const counts = createShareCounts({
          weights: Float64Array.from(items, ({ weight }) => weight),
          slices: Int32Array.from(items, ({ slice }) => slice),
          sliceCount: 3,
          cells: Int32Array.from(items, ({ value }) => value),
          keys: 1,
          valueCount: 3,
        });
        const labels = Uint8Array.from(items, ({ isInside }) => (isInside ? 1 : 0));
        const { inside, outside } = counts.shares(labels);
        const weightOf = (list: typeof items): number =>
          list.reduce((sum, { weight }) => sum + weight, 0);
        const selected = items.filter(({ isInside }) => isInside);
        fc.pre(selected.length > 0);
        for (const value of [0, 1, 2]) {
          const having = selected.filter((each) => each.value === value);
          expect(inside[value]).toBeCloseTo(weightOf(having) / weightOf(selected), 9);
          let expected = 0;
          for (const slice of [0, 1, 2]) {
            const own = selected.filter((each) => each.slice === slice);
            const others = items.filter((each) => each.slice === slice && !each.isInside);
            // A slice without others tells nothing: it makes no difference.
            const from = others.length > 0 ? others : own;
            if (own.length === 0) continue;
            const share = weightOf(from.filter((each) => each.value === value)) / weightOf(from);
            expected += (share * weightOf(own)) / weightOf(selected);
          }
          expect(outside[value]).toBeCloseTo(expected, 9);
        }
      }),
    );
  });
});
