import { describe, expect, test } from "vitest";
import type { Options } from "../../src/index.js";
import { balance, setUp, type SetUp } from "../set-up.js";

/** A client whose queue has room for one metric and already holds one: all others fold. */
function setUpFull(options: Options = {}): SetUp {
  const setup = setUp({ maxQueueItems: 1, ...options });
  setup.client.metrics.count("first");
  return setup;
}

/** Flushes and returns all metrics sent except the first. */
async function flushFolded(setup: SetUp) {
  expect(await setup.client.flush()).toBe(true);
  const { recorded, accounted } = balance(setup);
  expect(accounted).toBe(recorded);
  return setup.transport.metrics.slice(1);
}

describe("a full queue folds", () => {
  test("counters into their sum, with the number of calls and the trace of the last call", async () => {
    const setup = setUpFull();
    const traceId = "a".repeat(32);
    for (let i = 1; i <= 1000; i++) setup.client.metrics.count("a", i);
    setup.client.metrics.count("a", 0.5, { trace: { traceId } });
    expect(setup.client.stats()).toMatchObject({ recorded: 1002, pending: 1002, dropped: {} });
    expect(await flushFolded(setup)).toMatchObject([
      { name: "a", value: 500_500.5, traceId, attributes: { "spanmeter.folded": 1001 } },
    ]);
    expect(setup.client.stats()).toMatchObject({ delivered: 1002, pending: 0 });
  });

  test.each<[string, number, number, number]>([
    ["0.1", 0.1, 100_000, 10_000],
    ["1 / 3", 1 / 3, 30_000, 10_000],
    ["-0.7", -0.7, 1000, -700],
  ])("fractions into their exact sum: %s", async (_label, value, calls, sum) => {
    const setup = setUpFull();
    for (let i = 0; i < calls; i++) setup.client.metrics.count("a", value);
    expect(await flushFolded(setup)).toMatchObject([{ value: sum }]);
  });

  test("a large number and many small fractions into their exact sum", async () => {
    const setup = setUpFull();
    setup.client.metrics.count("a", 1e16);
    for (let i = 0; i < 1000; i++) setup.client.metrics.count("a", 0.5);
    setup.client.metrics.count("a", -1e16);
    expect(await flushFolded(setup)).toMatchObject([{ value: 500 }]);
  });

  test.each([
    [[2 ** 53, ...Array<number>(1000).fill(1)], 2n ** 53n + 1000n],
    [[2 ** 53, ...Array<number>(999).fill(1)], 2n ** 53n + 999n],
    [[...Array<number>(999).fill(1), 2 ** 53], 2n ** 53n + 999n],
    [[-(2 ** 53), ...Array<number>(7).fill(-1)], -(2n ** 53n) - 7n],
    [Array<number>(1025).fill(2 ** 53 - 1), 1025n * (2n ** 53n - 1n)],
  ])("integers beyond 2^53 into items that add up exactly (%#)", async (values, sum) => {
    const setup = setUpFull();
    for (const value of values) setup.client.metrics.count("a", value);
    const items = await flushFolded(setup);
    expect(items.reduce((all, { value }) => all + BigInt(value), 0n)).toBe(sum);
    const calls = items.map(({ attributes }) => Number(attributes["spanmeter.folded"] ?? 1));
    expect(calls.reduce((a, b) => a + b)).toBe(values.length);
  });

  test("gauges into their last value, and their minimum and maximum if those differ", async () => {
    const setup = setUpFull();
    for (const value of [5, 1, 9, 3]) setup.client.metrics.gauge("spread", value);
    for (const value of [1, 2, 3]) setup.client.metrics.gauge("rising", value);
    setup.client.metrics.gauge("single", 7);
    const values = (await flushFolded(setup)).map(({ name, value, attributes }) => [
      name,
      value,
      attributes["spanmeter.folded"],
    ]);
    expect(values).toEqual([
      ["spread", 1, undefined],
      ["spread", 9, undefined],
      ["spread", 3, 2],
      ["rising", 1, undefined],
      ["rising", 3, 2],
      ["single", 7, undefined],
    ]);
  });

  test.each([1, 2, 3, 100, 101, 150, 5000])(
    "%i calls of a distribution into at most 100 values whose weights add up to the calls",
    async (calls) => {
      const setup = setUpFull();
      for (let i = 0; i < calls; i++)
        setup.client.metrics.distribution("d", (i * 7919) % calls, { attributes: { route: "/" } });
      const kept = await flushFolded(setup);
      expect(kept).toHaveLength(Math.min(calls, 100));
      const weights = kept.map(
        ({ attributes }) => 1 / Number(attributes["sentry.client_sample_rate"] ?? 1),
      );
      // Rates have six digits, as Snuba rounds them.
      expect(Math.round(weights.reduce((a, b) => a + b, 0))).toBe(calls);
      const values = kept.map(({ value }) => value);
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, calls - 1]);
      expect(new Set(values).size).toBe(values.length);
      expect(setup.client.stats().delivered).toBe(calls + 1);
    },
  );

  test("distributions into a sample in which every call has the same chance", async () => {
    const times = Array.from({ length: 300 }, () => 0);
    for (let round = 0; round < 60; round++) {
      let seed = round;
      const random = (): number => (seed = (seed * 16_807 + 11) % 2_147_483_647) / 2_147_483_647;
      const setup = setUp({ maxQueueItems: 1 }, { random });
      setup.client.metrics.count("first");
      for (let i = 0; i < 300; i++) setup.client.metrics.distribution("d", i);
      for (const { value } of await flushFolded(setup)) times[value] = (times[value] as number) + 1;
    }
    const sumOf = (from: number, to: number): number =>
      times.slice(from, to).reduce((a, b) => a + b, 0);
    // Besides the first and the last call, 98 of 298 are kept: about a third of each hundred.
    for (const from of [1, 100, 199])
      expect(sumOf(from, from + 99) / (60 * 99)).toBeCloseTo(98 / 298, 1);
  });

  test("calls with equal attributes in any order together, and other values and units separately", async () => {
    const setup = setUpFull();
    setup.client.metrics.count("a", 1, { attributes: { x: 1, y: "2" } });
    setup.client.metrics.count("a", 1, { attributes: { y: "2", x: 1 } });
    setup.client.metrics.count("a", 1, { attributes: { x: "1", y: "2" } });
    setup.client.metrics.count("a", 1, { unit: "byte" });
    setup.client.metrics.count("a\nbyte", 1);
    expect((await flushFolded(setup)).map(({ value }) => value)).toEqual([2, 1, 1, 1]);
  });
});

test("very large gauges fold without overflow", async () => {
  const setup = setUpFull();
  for (let i = 0; i < 3; i++) setup.client.metrics.gauge("a", 1e308);
  expect((await flushFolded(setup)).map(({ value }) => value)).toEqual([1e308]);
  expect(setup.client.stats().dropped).toEqual({});
});

const RATE = "sentry.client_sample_rate";

describe("series beyond maxSeries", () => {
  test("fold into one series per name without their attributes; totals stay exact", async () => {
    const setup = setUpFull({ maxSeries: 10, attributes: { app: "shop" }, release: "shop@1" });
    for (let i = 0; i < 1000; i++)
      for (const name of ["a", "b"]) setup.client.metrics.count(name, 1, { attributes: { id: i } });
    const sent = await flushFolded(setup);
    for (const name of ["a", "b"]) {
      const own = sent.filter((metric) => metric.name === name);
      expect(own.reduce((sum, { value }) => sum + value, 0)).toBe(1000);
      expect(own).toHaveLength(6);
      expect(own.at(-1)?.attributes).toMatchObject({
        "spanmeter.overflow": true,
        "spanmeter.folded": 995,
        "sentry.release": "shop@1",
      });
      expect(own.at(-1)?.attributes).not.toHaveProperty("id");
    }
  });

  test("of new names are bounded; further calls are dropped and reported", async () => {
    const setup = setUpFull({ maxSeries: 10 });
    for (let i = 0; i < 100; i++) setup.client.metrics.count(`n${i}`);
    expect(setup.client.stats()).toMatchObject({ pending: 21, dropped: { buffer_overflow: 80 } });
    expect(await flushFolded(setup)).toHaveLength(20);
  });
});

test("series beyond maxSeries keep a sample rate that the client set for all metrics", async () => {
  const setup = setUpFull({ maxSeries: 1, attributes: { [RATE]: 0.5 } });
  for (const name of ["a", "b"]) setup.client.metrics.count(name);
  expect((await flushFolded(setup)).map(({ attributes }) => attributes)).toMatchObject([
    { [RATE]: 0.5 },
    { [RATE]: 0.5, "spanmeter.overflow": true },
  ]);
});

test("an emptied table has its full capacity again", async () => {
  const setup = setUpFull({ maxSeries: 1, maxQueueBytes: 20_000 });
  for (let i = 0; i < 30; i++) {
    setup.client.metrics.count("first");
    setup.client.metrics.count("a");
    // These share a series without their attributes.
    for (const text of ["x".repeat(1500), "y"])
      setup.client.metrics.count("b", 1, { attributes: { text } });
    await setup.client.flush();
  }
  setup.client.metrics.count("first");
  setup.client.metrics.count("c", 1, { attributes: { id: 1 } });
  expect((await flushFolded(setup)).at(-1)?.attributes).toMatchObject({ id: 1 });
});

test("a counter whose sum would overflow reports the calls that do not fit", async () => {
  const setup = setUpFull();
  for (let i = 0; i < 3; i++) setup.client.metrics.count("a", 1e308);
  expect((await flushFolded(setup)).map(({ value }) => value)).toEqual([1e308]);
  expect(setup.client.stats().dropped).toEqual({ buffer_overflow: 2 });
});

test("a lost folded metric reports all its calls", async () => {
  const { client, transport, drops } = setUpFull();
  for (let i = 0; i < 500; i++) client.metrics.count("a");
  transport.onSend = { statusCode: 400 };
  await client.flush();
  expect(client.stats()).toMatchObject({ pending: 0, dropped: { send_error: 501 } });
  expect(drops).toMatchObject([
    { name: "first", metrics: 1 },
    { name: "a", metrics: 500 },
  ]);
});
