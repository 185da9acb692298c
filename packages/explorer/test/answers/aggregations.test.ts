import { describe, expect, it } from "vitest";
import type { MetricTable, TableOptions } from "../../src/index.js";
import { metric, metricEnvelope, nowSeconds, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NOW_SECONDS = Math.floor(nowSeconds());
const now = () => BigInt(NOW_SECONDS) * 1_000_000_000n;

const rate = (value: number) => ({ "sentry.client_sample_rate": { value, type: "double" } });
const at = (secondsAgo: number) => ({ timestamp: NOW_SECONDS - secondsAgo });

/** A table of the given metrics. */
async function ask(metrics: Json[], options: TableOptions): Promise<MetricTable> {
  const ingest = await memoryIngest(now);
  ingest.send(metricEnvelope(...metrics.map((over) => metric({ name: "m", ...at(1), ...over }))));
  return ingest.queries.table("m", options);
}

/** The values of the only row. */
async function only(metrics: Json[], options: TableOptions) {
  const { rows } = await ask(metrics, options);
  expect(rows).toHaveLength(1);
  return rows[0]?.values;
}

const distribution = (value: number, over: Json = {}): Json => ({
  type: "distribution",
  value,
  ...over,
});

describe("a counter", () => {
  it("is summed, and its rates are of the sum over the time range", async () => {
    const metrics = [{ value: 5 }, { value: 7 }, { value: -2 }];
    expect(
      await only(metrics, { aggregations: ["sum", "per_second", "per_minute"], since: "100s" }),
    ).toEqual({
      sum: 10,
      per_second: 0.1,
      per_minute: 6,
    });
  });

  it("that was sampled stands for what was left out", async () => {
    const metrics = [
      { value: 3, attributes: rate(0.25) },
      { value: 2, attributes: rate(0.5) },
      { value: 1 },
    ];
    // 3 * 4 + 2 * 2 + 1 * 1
    expect(await only(metrics, { aggregations: ["sum"] })).toEqual({ sum: 17 });
  });

  it("sums ten thousand tenths to a thousand", async () => {
    const tenths = Array.from({ length: 10_000 }, () => ({ value: 0.1 }));
    expect((await only(tenths, { aggregations: ["sum"] }))?.["sum"]).toBeCloseTo(1000, 9);
  });
});

describe("a gauge", () => {
  it("has its received minimum and maximum, a weighted mean, the last value and rates of events", async () => {
    const metrics = [
      { type: "gauge", value: 10, attributes: rate(0.25), ...at(30) },
      { type: "gauge", value: 2, ...at(10) },
      { type: "gauge", value: 4, ...at(20) },
    ];
    const aggregations = ["avg", "min", "max", "last", "per_minute", "per_second"];
    // (10 * 4 + 2 + 4) / 6; 6 events in 60 s
    expect(await only(metrics, { aggregations, since: "60s" })).toEqual({
      avg: 46 / 6,
      min: 2,
      max: 10,
      last: 2,
      per_minute: 6,
      per_second: 0.1,
    });
  });
});

describe("a distribution", () => {
  it("has nearest-rank percentiles: of 1 to 100 the 95th is 95", async () => {
    const values = Array.from({ length: 100 }, (_, index) =>
      distribution(((index * 37) % 100) + 1),
    );
    const aggregations = ["p50", "p75", "p90", "p95", "p99", "avg", "sum", "min", "max", "count"];
    expect(await only(values, { aggregations })).toEqual({
      p50: 50,
      p75: 75,
      p90: 90,
      p95: 95,
      p99: 99,
      avg: 50.5,
      sum: 5050,
      min: 1,
      max: 100,
      count: 100,
    });
  });

  it("weighs its percentiles: one value that stands for ten outweighs one that stands for itself", async () => {
    const ten = distribution(10, { attributes: rate(0.1) });
    const metrics = [ten, distribution(1000)];
    const aggregations = ["p50", "p90", "p95", "count", "avg"];
    // weights 10 and 1: 90.9 % of the weight is reached at 10
    expect(await only(metrics, { aggregations })).toEqual({
      p50: 10,
      p90: 10,
      p95: 1000,
      count: 11,
      avg: 100,
    });
  });

  it("keeps a reservoir's totals: the extremes weigh 1 and the others share the rest", async () => {
    // n = 1000 calls, k = 10 kept: 8 items carry the rate 8 / 998.
    const kept = Array.from({ length: 8 }, (_, index) =>
      distribution(20 + index, { attributes: rate(8 / 998) }),
    );
    const metrics = [distribution(1), ...kept, distribution(500)];
    const result = await only(metrics, { aggregations: ["count", "min", "max", "p99"] });
    expect(result).toEqual({ count: 1000, min: 1, max: 500, p99: 27 });
  });

  it("of one value has that value as every percentile", async () => {
    expect(await only([distribution(7)], { aggregations: ["p50", "p99"] })).toEqual({
      p50: 7,
      p99: 7,
    });
  });

  it("has rates of events, not of values", async () => {
    const metrics = [distribution(500), distribution(700)];
    expect(await only(metrics, { aggregations: ["per_minute"], since: "30s" })).toEqual({
      per_minute: 4,
    });
  });
});

describe("grouping", () => {
  const metrics = [
    { value: 1, attributes: { route: text("/a"), n: { value: 2, type: "integer" } } },
    { value: 10, attributes: { route: text("/b"), n: { value: 2, type: "integer" } } },
    { value: 5, attributes: { route: text("/a"), ok: { value: true, type: "boolean" } } },
    { value: 2 },
  ];

  it("is by the text of attributes, the largest first, those without it as null", async () => {
    const { rows } = await ask(metrics, { aggregations: ["sum"], by: ["route"] });
    expect(rows).toMatchObject([
      { group: { route: "/b" }, values: { sum: 10 }, samples: 1 },
      { group: { route: "/a" }, values: { sum: 6 }, samples: 2 },
      { group: { route: null }, values: { sum: 2 }, samples: 1 },
    ]);
  });

  it("can be by several keys, numbers and booleans included", async () => {
    const { rows } = await ask(metrics, { aggregations: ["sum"], by: ["n", "ok"] });
    expect(rows.map(({ group, values }) => [group, values["sum"]])).toEqual([
      [{ n: "2", ok: null }, 11],
      [{ n: null, ok: "true" }, 5],
      [{ n: null, ok: null }, 2],
    ]);
  });

  it("keeps the percentiles of groups apart", async () => {
    const routes = ["/a", "/b"].map((route, index) =>
      Array.from({ length: 10 }, (_, value) =>
        distribution(value + 100 * index, { attributes: { route: text(route) } }),
      ),
    );
    const { rows } = await ask(routes.flat(), { aggregations: ["p90"], by: ["route"] });
    expect(rows.map(({ values }) => values["p90"])).toEqual([108, 8]);
  });

  it("works with keys that look like paths or SQL", async () => {
    const key = "a.b/c~d['x'] \"; --";
    const { rows } = await ask([{ attributes: { [key]: text("v") } }], {
      by: [key],
      where: [`"${key.replaceAll('"', '\\"')}"=v`],
    });
    expect(rows[0]?.group).toEqual({ [key]: "v" });
  });
});

describe("filters", () => {
  const metrics = [
    { value: 1, attributes: { route: text("/a?x=1"), n: { value: 2, type: "integer" } } },
    { value: 2, attributes: { route: text("/b"), n: { value: 2, type: "integer" } } },
    { value: 4, attributes: { route: text("/b") } },
  ];
  const sum = async (where: string[]) =>
    (await ask(metrics, { aggregations: ["sum"], where })).rows[0]?.values["sum"];

  it("compare attributes as text, and all of them must hold", async () => {
    expect(await sum(["route=/b"])).toBe(6);
    expect(await sum(["route=/b", "n=2"])).toBe(2);
    expect(await sum(["route=/a?x=1"])).toBe(1);
  });

  it("that match nothing leave no group", async () => {
    const options = { where: ["route=/none"], by: ["route"] };
    expect(await ask(metrics, options)).toMatchObject({ rows: [], whole: { samples: 0 } });
  });

  it("without a key are refused", async () => {
    await expect(ask(metrics, { where: ["=x"] })).rejects.toThrow(/key=value/);
  });
});

describe("time", () => {
  const spread = [1, 5, 12, 25, 3_500, 4_000].map((secondsAgo) => ({
    value: 1,
    ...at(secondsAgo),
  }));
  const sum = async (options: TableOptions) =>
    (await ask(spread, { ...options, aggregations: ["sum"] })).rows[0]?.values["sum"];

  it("is the last hour by default", async () => {
    expect(await sum({})).toBe(5);
  });

  it("begins at since and ends before until", async () => {
    expect(await sum({ since: "25s" })).toBe(4);
    expect(await sum({ since: "25s", until: "5s" })).toBe(2);
    expect(await sum({ since: "0" })).toBe(await sum({ since: "30d" }));
    expect(await sum({ since: new Date((NOW_SECONDS - 12) * 1000).toISOString() })).toBe(3);
    expect(await sum({ since: String(NOW_SECONDS - 12), until: String(NOW_SECONDS) })).toBe(3);
  });

  it.each<[TableOptions, RegExp]>([
    [{ since: "soon" }, /since is "soon"/],
    [{ since: "600" }, /since is "600"; give a duration such as 10m/],
    [{ since: "5m", until: "10m" }, /must be before/],
  ])("that makes no sense is refused: %j", async (options, message) => {
    await expect(ask(spread, options)).rejects.toThrow(message);
  });
});

describe("an aggregation that the type does not have", () => {
  it.each([
    ["counter", "p95", "sum, per_second, per_minute"],
    ["gauge", "sum", "avg, min, max, last, per_second, per_minute"],
    [
      "distribution",
      "median",
      "p50, p75, p90, p95, p99, avg, sum, min, max, count, per_second, per_minute",
    ],
  ])("is refused for a %s with the list of those it has", async (type, aggregation, valid) => {
    await expect(ask([{ type }], { aggregations: [aggregation] })).rejects.toThrow(
      `"${aggregation}" is not an aggregation of a ${type}; valid are ${valid}`,
    );
  });

  it("is never asked by default", async () => {
    for (const type of ["counter", "gauge", "distribution"]) {
      expect(Object.keys((await ask([{ type }], {})).rows[0]?.values ?? {})).not.toHaveLength(0);
    }
  });
});

describe("dropped metrics", () => {
  it("count for nothing", async () => {
    expect(
      await only([{ value: 1 }, { value: 100, trace_id: "" }], { aggregations: ["sum"] }),
    ).toEqual({ sum: 1 });
  });
});

describe("values that a double can hardly hold", () => {
  const huge = (...values: number[]) => values.map((value) => distribution(value));

  it("have their mean, though their sum is too large, which a note says", async () => {
    const { rows, notes } = await ask(huge(1e308, 1e308, 1e308), {
      aggregations: ["sum", "avg", "max"],
    });
    expect(rows[0]?.values).toEqual({ sum: null, avg: 1e308, max: 1e308 });
    expect(notes).toEqual([
      {
        code: "overflow",
        message: "sum is beyond the largest number a double can hold (1.8e308) in 1 place",
      },
    ]);
  });

  it("have their sum when it comes back into range", async () => {
    const { rows, notes } = await ask(huge(1e308, 1e308, -1e308, -5e307), {
      aggregations: ["sum"],
    });
    expect([rows[0]?.values, notes]).toEqual([{ sum: 5e307 }, []]);
  });

  it("that are sampled count as often as they stand for", async () => {
    const sampled = distribution(1e307, { attributes: rate(0.01) });
    const { rows } = await ask([sampled, sampled], { aggregations: ["sum", "avg", "count"] });
    expect(rows[0]?.values).toEqual({ sum: null, avg: 1e307, count: 200 });
  });

  it("of some groups are noted with their number", async () => {
    const metrics = [1e308, 1e308, 1].map((value, index) => ({
      value,
      attributes: { k: text(index < 2 ? "a" : "b") },
    }));
    const { rows, notes } = await ask(metrics, { by: ["k"], aggregations: ["sum"] });
    const sums = Object.fromEntries(rows.map(({ group, values }) => [group?.["k"], values["sum"]]));
    expect(sums).toEqual({ a: null, b: 1 });
    expect(notes[0]?.message).toContain("in 1 place");
  });

  it("have their rates, though their sum is too large", async () => {
    const metrics = [{ value: 1e308 }, { value: 1e308 }];
    const { rows } = await ask(metrics, { aggregations: ["sum", "per_second"], since: "4s" });
    expect(rows[0]?.values).toEqual({ sum: null, per_second: 5e307 });
  });

  it("have their rates, where those are not too large", async () => {
    const aggregations = ["per_minute", "per_second"];
    expect((await ask([{ value: 1e308 }], { aggregations, since: "1h" })).rows[0]?.values).toEqual({
      per_minute: (((1e308 / 2 ** 64) * 60) / 3600) * 2 ** 64,
      per_second: 1e308 / 3600,
    });
    const short = { aggregations, since: "2s", until: "1999ms" };
    const { rows, notes } = await ask([{ value: 1e307, ...at(2) }], short);
    expect(rows[0]?.values).toEqual({ per_minute: null, per_second: null });
    expect(notes.map(({ code }) => code)).toEqual(["overflow", "overflow"]);
  });
});
