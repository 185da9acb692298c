import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MetricListOptions } from "../../src/questions/lists/metric-list-question.js";
import type { MetricList } from "../../src/model/metric.js";
import { metric, metricEnvelope, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NOW = 1_800_000_037;

async function ask(sent: readonly Json[], options: MetricListOptions = {}): Promise<MetricList> {
  const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
  if (sent.length > 0)
    send(metricEnvelope(...sent.map((each) => metric({ timestamp: NOW, ...each }))));
  return queries.metrics(options);
}

const names = ({ metrics }: MetricList): string[] => metrics.map(({ name }) => name);

const rate = (value: number): Json => ({
  "sentry.client_sample_rate": { type: "double", value },
});

describe("the list of metrics", () => {
  it("has the rate, the bytes, the newest value and the number of attributes", async () => {
    const list = await ask(
      [
        { value: 3, timestamp: NOW - 20, attributes: { route: text("/a"), ...rate(0.25) } },
        { value: 9, timestamp: NOW - 10, attributes: { plan: text("pro") } },
        { value: null, timestamp: NOW },
      ],
      { since: "2m", spark: 4 },
    );
    expect(list).toMatchObject({ range: { seconds: 120 }, bucketSeconds: 30, total: 1 });
    expect(list.metrics).toMatchObject([
      {
        count: 5,
        perMinute: 2.5,
        lastValue: 9,
        keys: 3,
        dropped: 1,
        collides: false,
        spark: [0, 0, 0, 5],
      },
    ]);
    const named = 2 * ("checkout.started".length + 8);
    const attributes = "route/a".length + "sentry.client_sample_rate".length + 8 + "planpro".length;
    expect(list.metrics[0]?.bytes).toBe(named + attributes);
  });

  it("marks names with several types or units, also when the others are older than the range", async () => {
    const sent = [
      { name: "a", type: "gauge" },
      { name: "a", unit: "byte", timestamp: NOW - 500 },
      { name: "b" },
    ];
    const list = await ask(sent);
    expect(list.metrics.map(({ name, type, collides }) => [name, type, collides])).toEqual([
      ["a", "counter", true],
      ["a", "gauge", true],
      ["b", "counter", false],
    ]);
    const recent = await ask(sent, { since: "1m" });
    expect(recent.metrics.map(({ type, collides }) => [type, collides])).toEqual([
      ["gauge", true],
      ["counter", false],
    ]);
  });

  it("is of a part of the names, in any case, and nothing in it is a pattern", async () => {
    const sent = ["Cart.total", "cart.size", "pay_100", "payX100"].map((name) => ({ name }));
    expect(names(await ask(sent, { q: "cArT" }))).toEqual(["Cart.total", "cart.size"]);
    expect(names(await ask(sent, { q: "y_1" }))).toEqual(["pay_100"]);
    expect(names(await ask(sent, { q: "%" }))).toEqual([]);
  });

  it.each([
    ["name", ["a", "b", "c"]],
    ["-name", ["c", "b", "a"]],
    ["-count", ["b", "c", "a"]],
    ["bytes", ["a", "c", "b"]],
    ["-lastSeen", ["a", "c", "b"]],
  ])("is sorted by %s", async (sort, sorted) => {
    const sent = [
      { name: "a" },
      { name: "b", timestamp: NOW - 9 },
      { name: "b", timestamp: NOW - 9 },
      { name: "b", timestamp: NOW - 9 },
      { name: "c", timestamp: NOW - 1 },
      { name: "c", timestamp: NOW - 1 },
    ];
    expect(names(await ask(sent, { sort }))).toEqual(sorted);
  });

  it("without a range is of everything, at least of a minute", async () => {
    expect(await ask([])).toMatchObject({ range: { seconds: 60 }, metrics: [], total: 0 });
    expect(await ask([{ timestamp: NOW - 3600 }])).toMatchObject({
      range: { seconds: 3600 },
      metrics: [{ perMinute: 1 / 60, spark: { 0: 1 } }],
    });
  });

  it("has the metrics that are ahead of the clock in the last bucket, and none without buckets", async () => {
    const ahead = [{ timestamp: NOW + 30 }];
    expect((await ask(ahead, { spark: 2 })).metrics[0]?.spark).toEqual([0, 1]);
    const none = await ask(ahead, { spark: 0 });
    expect([none.metrics[0]?.spark, none.bucketSeconds]).toEqual([[], undefined]);
  });

  it("has the course that an independent count has", async () => {
    const items = fc.array(
      fc.record({ back: fc.integer({ min: 0, max: 700 }), calls: fc.constantFrom(1, 2, 4) }),
      { minLength: 1, maxLength: 60 },
    );
    const run = async (
      sent: readonly { back: number; calls: number }[],
      spark: number,
      seconds: number,
    ): Promise<void> => {
      const { metrics } = await ask(
        sent.map(({ back, calls }) => ({ timestamp: NOW - back, attributes: rate(1 / calls) })),
        { since: `${seconds}s`, spark },
      );
      const length = seconds / spark;
      const wanted = Array.from({ length: spark }, () => 0);
      for (const { back, calls } of sent) {
        const place = Math.min(Math.floor((seconds - back) / length + 1e-9), spark - 1);
        if (back <= seconds) wanted[place] = (wanted[place] ?? 0) + calls;
      }
      const isIn = sent.some(({ back }) => back <= seconds);
      expect(metrics.map((each) => each.spark)).toEqual(isIn ? [wanted] : []);
    };
    // Each length of a bucket is a whole number of nanoseconds.
    const ranges = fc.constantFrom(60, 600);
    await fc.assert(fc.asyncProperty(items, fc.constantFrom(1, 3, 10, 60), ranges, run), {
      numRuns: 25,
    });
  });

  it.each([
    [{ spark: 121 }, /spark must be a whole number from 0 to 120/],
    [{ sort: "rate" }, /sort is "rate"; valid are name, -name, count/],
    [{ since: "x" }, /since is "x"/],
  ])("is refused with %j", async (options, message) => {
    await expect(ask([], options)).rejects.toThrow(message);
  });
});
