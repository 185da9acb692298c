import type { ComparedSet } from "@spanmeter/testing/replay/compare-policies";
import { describe, expect, test } from "vitest";
import { readTable, replayTable } from "../../scripts/volume/table.mjs";

const compared = (["raw", "sample", "fold", "reservoir", "sensible", "slim"] as const).map(
  (set, place): ComparedSet => ({
    set,
    items: Math.floor(123_456 / (place + 1)),
    wireBytes: 6_000_000 / (place + 1),
    billedBytes: 60_000_000 / (10 * place + 1),
    counterSums: set === "sample" ? 0.0312 : 0,
    extremes: 0,
    medians: { count: 0, sum: 0.01, p50: 0.02, p95: 0.0249, p99: 0.05 },
    p95ByName: { "api.request": 0.03 },
  }),
);

describe("the table of the volume guide", () => {
  const text = replayTable({ calls: 123_456, compared });

  test("is read as it was written", () => {
    const rows = readTable(text);
    expect(Object.keys(rows ?? {})).toEqual([
      "raw",
      "sample",
      "fold",
      "reservoir",
      "sensible",
      "slim",
    ]);
    expect(rows?.["sample"]).toEqual({
      items: 61_728,
      wireBytes: 3_000_000,
      billedBytes: 5_450_000,
      saving: 11,
      counterSums: 3.1,
      p95: 2.5,
    });
    expect(rows?.["sensible"]).toMatchObject({ saving: 41, counterSums: 0 });
  });

  test("is not read when a row is missing", () => {
    const lines = text.split("\n").filter((line) => !line.startsWith("| the sensible set |"));
    expect(readTable(lines.join("\n"))).toBeUndefined();
  });
});
