import { describe, expect, it } from "vitest";
import { createPermutation } from "../../../src/answers/changes/permute-traces.js";
import { createRandom } from "../../../src/answers/changes/random.js";

/** Traces of so many items, of which so many are selected; in two slices of time. */
function arrange(traces: readonly { size: number; inside: number; slice: number }[]) {
  const items = traces.flatMap(({ size, inside }, trace) =>
    Array.from({ length: size }, (_, place) => ({ trace, isInside: place < inside ? 1 : 0 })),
  );
  return {
    isInside: Uint8Array.from(items, ({ isInside }) => isInside),
    traces: Int32Array.from(items, ({ trace }) => trace),
    slices: Int32Array.from(traces, ({ slice }) => slice),
  };
}

const sumsBy = (labels: Uint8Array, groups: Int32Array, count: number): number[] => {
  const sums = Array.from({ length: count }, () => 0);
  for (const [item, group] of groups.entries()) sums[group]! += labels[item]!;
  return sums;
};

describe("a random arrangement", () => {
  const traces = Array.from({ length: 40 }, (_, trace) => ({
    size: 4,
    inside: trace % 4 === 0 ? 3 : 0,
    slice: trace < 20 ? 0 : 1,
  }));
  const arrangement = arrange(traces);

  it("exchanges traces as a whole, within their slice of time", () => {
    const permute = createPermutation(arrangement, createRandom(1));
    const seen = new Set<string>();
    for (let run = 0; run < 20; run++) {
      const byTrace = sumsBy(permute(), arrangement.traces, traces.length);
      seen.add(byTrace.join());
      for (const slice of [byTrace.slice(0, 20), byTrace.slice(20)])
        expect([...slice].sort((a, b) => a - b)).toEqual([
          ...Array(15).fill(0),
          ...Array(5).fill(3),
        ]);
    }
    expect(seen.size).toBe(20);
  });

  it("selects each item of a trace equally often", () => {
    const permute = createPermutation(arrangement, createRandom(2));
    const counts = [0, 0, 0, 0];
    for (let run = 0; run < 500; run++)
      for (const [item, label] of permute().entries()) counts[item % 4]! += label;
    // 500 arrangements, 10 traces with 3 selected of 4 items.
    for (const count of counts) expect(Math.abs(count - 3_750)).toBeLessThan(200);
  });

  it("keeps how many items are selected when traces differ in size", () => {
    const mixed = arrange(
      Array.from({ length: 30 }, (_, trace) => ({
        size: 1 + (trace % 7),
        inside: trace % 3 === 0 ? 1 : 0,
        slice: 0,
      })),
    );
    const permute = createPermutation(mixed, createRandom(3));
    for (let run = 0; run < 20; run++)
      expect(permute().reduce((sum, label) => sum + label, 0)).toBe(10);
  });
});
