import { describe, expect, it } from "vitest";
import { createTimeBlocks } from "../../../src/answers/changes/time-blocks.js";

describe("blocks of time", () => {
  it.each([
    [900, 1800, 15, 15],
    [2400, 3300, 40, 15],
    [6300, 7200, 105, 15],
    [60, 7260, 1, 105],
  ])("of a strip from %s to %s are %s before it and %s in it", (from, to, before, inside) => {
    const { count, isInside, blockOf } = createTimeBlocks({ from, to });
    expect([count, isInside.indexOf(1)]).toEqual([before + inside, before]);
    expect([blockOf(0), blockOf(from - 0.001), blockOf(from), blockOf(to)]).toEqual([
      0,
      before - 1,
      before,
      count - 1,
    ]);
  });
});
