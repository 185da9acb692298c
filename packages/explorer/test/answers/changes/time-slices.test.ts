import { describe, expect, it } from "vitest";
import { sliceByTime } from "../../../src/answers/changes/time-slices.js";

const trace = (seconds: number, isInside: boolean) => ({ seconds, isInside });

describe("slices of time", () => {
  it("are as many as both sides have traces for", () => {
    const traces = Array.from({ length: 400 }, (_, seconds) => trace(seconds, seconds % 2 === 0));
    const { slices, count } = sliceByTime(traces);
    expect(count).toBe(24);
    expect([...slices]).toEqual([...slices].sort((a, b) => a - b));
    expect(new Set(slices).size).toBe(24);
    expect(sliceByTime(traces.slice(0, 13)).count).toBe(2);
    expect(sliceByTime([trace(1, true), trace(1, false)]).count).toBe(1);
  });

  it("have a baseline wherever they have selected traces", () => {
    // Only selected traces in the second half.
    const traces = Array.from({ length: 200 }, (_, seconds) =>
      trace(seconds, seconds >= 100 || seconds % 2 === 0),
    );
    const { slices } = sliceByTime(traces);
    for (const slice of new Set(slices)) {
      const own = traces.filter((_, place) => slices[place] === slice);
      if (own.some(({ isInside }) => isInside))
        expect(own.some(({ isInside }) => !isInside)).toBe(true);
    }
  });
});
