import { describe, expect, test } from "vitest";
import { fold, raw, reservoir, sample, type Options } from "../../src/index.js";
import { balance, setUp, type SetUp } from "../set-up.js";

const traceId = "a".repeat(32);
const spanOf = (i: number): { traceId: string; spanId: string } => ({
  traceId,
  spanId: String(i + 1).padStart(16, "0"),
});

/** Flushes and returns everything that was sent. */
async function flushAll(setup: SetUp) {
  expect(await setup.client.flush()).toBe(true);
  const { recorded, accounted } = balance(setup);
  expect(accounted).toBe(recorded);
  return setup.transport.metrics;
}

const bySeries: Options = { volume: [{ match: "*", policy: fold({ by: "series" }) }] };

describe("fold() by series", () => {
  test("sends the exact sum of a counter, the trace of the last call, and the number of calls", async () => {
    const setup = setUp(bySeries);
    for (let i = 0; i < 10; i++)
      setup.client.metrics.count("a", 0.1, { attributes: { route: "/" }, trace: spanOf(i) });
    const sent = await flushAll(setup);
    expect(sent).toMatchObject([
      { name: "a", value: 1, ...spanOf(9), attributes: { route: "/", "spanmeter.folded": 10 } },
    ]);
  });

  test("keeps the last, the least and the greatest value of a gauge, with their times", async () => {
    const setup = setUp(bySeries);
    for (const value of [5, 1, 9, 3]) {
      setup.client.metrics.gauge("g", value);
      await setup.clock.advance(1000);
    }
    const start = setup.clock.now() / 1000 - 4;
    expect(
      (await flushAll(setup)).map(({ value, timestamp }) => [value, timestamp - start]),
    ).toEqual([
      [1, 1],
      [9, 2],
      [3, 3],
    ]);
  });
});

test.each(["span", "trace"] as const)("fold() by %s keeps every link", async (by) => {
  const setup = setUp({ volume: [{ match: "a", policy: fold({ by }) }] });
  for (let i = 0; i < 30; i++)
    setup.client.metrics.count("a", 1, {
      trace: { traceId: (i % 3).toString(16).padStart(32, "b"), spanId: spanOf(i % 6).spanId },
    });
  const sent = await flushAll(setup);
  expect(sent.map(({ value }) => value)).toEqual(by === "span" ? [5, 5, 5, 5, 5, 5] : [10, 10, 10]);
  expect(new Set(sent.map((each) => each.traceId)).size).toBe(3);
});

test("metrics leave at the end of their interval, without a flush", async () => {
  const setup = setUp({ volume: [{ match: "a", policy: fold({ by: "series", interval: 8000 }) }] });
  for (let i = 0; i < 160; i++) {
    setup.client.metrics.count("a");
    await setup.clock.advance(100);
  }
  await setup.clock.advance(20_000);
  const values = setup.transport.metrics.map(({ value }) => value);
  expect(values.reduce((a, b) => a + b, 0)).toBe(160);
  expect(values.length).toBeGreaterThanOrEqual(2);
  expect(values.length).toBeLessThanOrEqual(3);
  expect(Math.max(...values)).toBe(80);
});

test("reservoir() keeps so many values of a distribution", async () => {
  const setup = setUp({ volume: [{ match: "d", policy: reservoir({ size: 10 }) }] });
  for (let i = 0; i < 1000; i++) setup.client.metrics.distribution("d", i);
  const sent = await flushAll(setup);
  expect(sent).toHaveLength(10);
  const weights = sent.map(({ attributes }) =>
    Math.round(1 / Number(attributes["sentry.client_sample_rate"] ?? 1)),
  );
  expect(weights.filter((weight) => weight === 1)).toHaveLength(2);
  expect(sent.map(({ value }) => value)).toEqual(expect.arrayContaining([0, 999]));
});

test("the first rule that matches counts, and rates are multiplied", async () => {
  const setup = setUp(
    {
      sampleRate: 0.5,
      volume: [
        { match: "all.*", policy: raw() },
        { match: /^half/, policy: sample(0.5), sampleRate: 0.5 },
        { match: (name) => name === "half", policy: raw() },
      ],
    },
    { random: () => 0.1 },
  );
  setup.client.metrics.count("all.x");
  setup.client.metrics.count("half", 1, { sampleRate: 0.9 });
  setup.client.metrics.count("other");
  expect(
    (await flushAll(setup)).map(({ attributes }) => attributes["sentry.client_sample_rate"]),
  ).toEqual([0.5, 0.1125, 0.5]);
});
