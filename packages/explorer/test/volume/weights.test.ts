import { reservoir, sample, type VolumeRule } from "@spanmeter/core";
import { estimate, type WeightedValue } from "@spanmeter/testing/snuba/estimate";
import type { StoredMetric } from "@spanmeter/testing/snuba/stored-metric";
import { describe, expect, it } from "vitest";
import type { MetricTable } from "../../src/index.js";
import { testExplorer } from "../support/test-explorer.js";
import { recordVolume, traceOf } from "./record-volume.js";

const AGGREGATIONS = ["count", "sum", "avg", "min", "max", "p50", "p75", "p90", "p95", "p99"];

/** Latencies of two routes, of which one is slow and rare. */
const latencyOf = (i: number): number => (i % 10 === 0 ? 300 + ((i * 7) % 400) : (i * 13) % 97);

const policies: [string, Omit<VolumeRule, "match">][] = [
  ["reservoir()", { policy: reservoir({ size: 20 }) }],
  ["reservoir() of a share", { policy: reservoir({ size: 20 }), sampleRate: 0.3 }],
  ["reservoir() by trace", { policy: reservoir({ by: "trace", size: 3 }) }],
  ["sample(1 / 3)", { policy: sample(1 / 3) }],
  ["sample(0.07)", { policy: sample(0.07) }],
];

describe.each(policies)("a distribution under %s", (_label, rule) => {
  it("has the aggregates that Snuba computes", async () => {
    const explorer = await testExplorer();
    const volume = [{ match: "*", ...rule }];
    const stored = await recordVolume(explorer, { volume }, async (client, clock) => {
      for (let i = 0; i < 2000; i++) {
        const attributes = { route: i % 10 === 0 ? "slow" : "fast" };
        // The last digits of trace ids decide about sampling.
        const traceId = Math.imul(i >> 2, 0x9e3779b1) >>> 0;
        client.metrics.distribution("d", latencyOf(i), {
          attributes,
          trace: traceOf(traceId, i % 100),
        });
        if (i % 500 === 499) await clock.advance(6000);
      }
    });
    const query = `${AGGREGATIONS.map((name) => `agg=${name}`).join("&")}&by=route&since=1h`;
    const table = await explorer.getJson<MetricTable>(`/api/metrics/d/table?${query}`);
    expect(stored.some(({ samplingFactor }) => samplingFactor < 1)).toBe(true);
    expect(differences(table.whole.values, stored)).toEqual([]);
    expect(table.rows).toHaveLength(2);
    for (const { group, values } of table.rows)
      expect(differences(values, stored.filter(isOf(group?.["route"])))).toEqual([]);
  });
});

const isOf =
  (route: string | null | undefined) =>
  ({ attributes }: StoredMetric): boolean =>
    attributes["route"] === route;

/** The aggregates that differ. Sums of many doubles may, in their last digits. */
function differences(values: MetricTable["whole"]["values"], stored: readonly WeightedValue[]) {
  return Object.entries(estimate(stored)).filter(
    ([name, value]) => Math.abs(Number(values[name]) - value) > 1e-9 * Math.abs(value),
  );
}

it("rounds rates to six digits, as Sentry's store does", async () => {
  const explorer = await testExplorer();
  await recordVolume(explorer, {}, ({ metrics }) => {
    const attributes = { "sentry.client_sample_rate": 0.00099949 };
    for (let i = 0; i < 100; i++) metrics.distribution("d", 1, { attributes });
  });
  const { whole } = await explorer.getJson<MetricTable>("/api/metrics/d/table?agg=count&since=1h");
  expect(whole.values).toEqual({ count: 100_100 });
});
