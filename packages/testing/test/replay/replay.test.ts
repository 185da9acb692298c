import { beforeAll, describe, expect, test } from "vitest";
import { readEnvelope } from "../../src/readers/read-envelope.js";
import { readQuickly, type QuickMetric } from "../../src/readers/read-quickly.js";
import { comparePolicies, type ComparedSet } from "../../src/replay/compare-policies.js";
import { POLICY_SETS } from "../../src/replay/policy-sets.js";
import { replay } from "../../src/replay/replay.js";

/** A busy shop, whose day is as short as two intervals. */
const DAY = { seconds: 120, peakVisits: 200 };

describe("a day of the shop", () => {
  let compared: Record<string, ComparedSet> = {};
  let calls = 0;
  beforeAll(async () => {
    const result = await comparePolicies({
      sets: ["raw", "sample", "fold", "sensible"],
      day: DAY,
      seeds: 5,
    });
    compared = Object.fromEntries(result.compared.map((each) => [each.set, each]));
    ({ calls } = result);
  });

  test("under raw() arrives whole", () => {
    const { items, counterSums, extremes, medians } = compared["raw"]!;
    expect(items).toBe(calls);
    expect([counterSums, extremes, ...Object.values(medians)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test("under the sensible set costs at most 1/50, with exact counters", () => {
    const { raw, sensible } = compared;
    expect(raw!.billedBytes / sensible!.billedBytes).toBeGreaterThan(50);
    expect(raw!.wireBytes / sensible!.wireBytes).toBeGreaterThan(20);
    expect([sensible!.counterSums, sensible!.extremes, sensible!.medians.count]).toEqual([0, 0, 0]);
  });

  test("under fold() by series costs at most 1/20, with exact counters", () => {
    const { raw, fold } = compared;
    expect(raw!.billedBytes / fold!.billedBytes).toBeGreaterThan(20);
    expect([fold!.counterSums, fold!.extremes, fold!.medians.count]).toEqual([0, 0, 0]);
  });

  test("under sample(0.1) costs a tenth, with counters that are right on average only", () => {
    const { raw, sample } = compared;
    expect(raw!.billedBytes / sample!.billedBytes).toBeGreaterThan(7);
    expect(sample!.counterSums).toBeGreaterThan(0.01);
    expect(sample!.medians.count).toBeLessThan(0.05);
  });

  test.each(["sample", "fold", "sensible"])("under %s keeps its percentiles", (set) => {
    const { medians } = compared[set]!;
    // Twelve times fewer intervals than the table of docs/guides/volume.md has.
    for (const share of [medians.p50, medians.p95, medians.sum]) expect(share).toBeLessThan(0.1);
    expect(medians.p99).toBeLessThan(0.2);
  });
});

const quickly = ({ type, name, value, attributes, bytes }: QuickMetric): QuickMetric => ({
  type,
  name,
  value,
  attributes,
  bytes,
});

test("envelopes of the replay follow the rules, and both readers agree on them", async () => {
  const day = { seconds: 5, peakVisits: 30, seed: 1 };
  let metrics = 0;
  for (const options of Object.values(POLICY_SETS))
    await replay(options, day, (bytes) => {
      const strictly = readEnvelope(bytes).metrics;
      metrics += strictly.length;
      expect(readQuickly(bytes)).toEqual(strictly.map(quickly));
    });
  expect(metrics).toBeGreaterThan(1000);
});
