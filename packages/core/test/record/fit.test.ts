import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const rules = { development: true };

describe("a metric above maxMetricBytes", () => {
  test("has its longest text cut until it fits exactly, and its developer is told once", async () => {
    const { client, transport, advanceInterval, warnings } = setUp({}, rules);
    for (let i = 0; i < 2; i += 1)
      client.metrics.count("a", 1, { attributes: { long: "x".repeat(5000), short: "y" } });
    await advanceInterval();
    const [metric] = transport.metrics;
    expect(metric?.bytes).toBe(2048);
    expect(metric?.attributes["short"]).toBe("y");
    expect(metric?.attributes["long"]).toMatch(/^x+$/);
    expect(warnings()).toEqual([
      expect.stringContaining('"a" has more than 2048 bytes (maxMetricBytes)'),
    ]);
  });

  test("is cut between characters, never inside one", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (const text of ["😀", "é", "€", "a😀"])
      client.metrics.count("a", 1, { attributes: { long: text.repeat(3000) } });
    await advanceInterval();
    expect(transport.metrics).toHaveLength(4);
    for (const metric of transport.metrics) {
      expect(metric.bytes).toBeLessThanOrEqual(2048);
      expect(metric.bytes).toBeGreaterThan(2040);
      expect(metric.attributes["long"]).not.toMatch(/\ufffd|\p{Surrogate}/u);
    }
  });

  test("is measured in UTF-8 bytes, not in characters", async () => {
    const { client, transport, advanceInterval } = setUp({ maxMetricBytes: 400 });
    client.metrics.count("a", 1, { attributes: { long: "€".repeat(130) } });
    await advanceInterval();
    expect(transport.metrics[0]?.bytes).toBeLessThanOrEqual(400);
  });

  test("loses characters of its longest text first", async () => {
    const { client, transport, advanceInterval } = setUp({ maxMetricBytes: 1000 });
    const attributes = { a: "x".repeat(900), b: "y".repeat(600), c: "z".repeat(50) };
    client.metrics.count("a", 1, { attributes });
    await advanceInterval();
    const { a, b, c } = (transport.metrics[0]?.attributes ?? {}) as Record<string, string>;
    expect([b?.length, c?.length]).toEqual([600, 50]);
    expect(a?.length).toBeGreaterThan(0);
    expect(transport.metrics[0]?.bytes).toBe(1000);
  });

  test("loses of the next longest when the longest alone cannot pay", async () => {
    const { client, transport, advanceInterval } = setUp({ maxMetricBytes: 300 });
    const attributes = { a: "x".repeat(500), b: "y".repeat(400), c: "z".repeat(20) };
    client.metrics.count("a", 1, { attributes });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes["c"]).toHaveLength(20);
    expect(transport.metrics[0]?.bytes).toBe(300);
  });

  test("counts the attributes of the client too", async () => {
    const { client, transport, advanceInterval } = setUp({
      attributes: { everywhere: "x".repeat(1900) },
    });
    client.metrics.count("a", 1, { attributes: { here: "y".repeat(300) } });
    await advanceInterval();
    expect(transport.metrics[0]?.bytes).toBe(2048);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ["its name alone is too long", "a".repeat(3000), {}],
    ["a list cannot be cut", "a", { list: Array.from({ length: 600 }, (_, i) => i) }],
    ["its keys alone are too long", "a", { ["k".repeat(3000)]: 1 }],
  ])("is dropped as invalid when %s", async (_what, name, attributes) => {
    const { client, transport, advanceInterval, warnings } = setUp({}, rules);
    client.metrics.count(name, 1, { attributes: attributes as Record<string, number> });
    await advanceInterval();
    expect(transport.metrics).toEqual([]);
    expect(client.stats().dropped).toEqual({ invalid: 1 });
    expect(warnings()).toEqual([expect.stringContaining("2048 bytes (maxMetricBytes)")]);
  });
});

test("a metric of exactly the limit is left alone", async () => {
  const { client, transport, advanceInterval } = setUp();
  client.metrics.count("a");
  await advanceInterval();
  const bytes = transport.metrics[0]?.bytes ?? 0;
  const exact = setUp({ maxMetricBytes: bytes + 2 + 100 });
  exact.client.metrics.count("a", 1, { attributes: { kk: "x".repeat(100) } });
  exact.client.metrics.count("a", 1, { attributes: { kk: "x".repeat(101) } });
  await exact.advanceInterval();
  const lengths = exact.transport.metrics.map(({ attributes }) => String(attributes["kk"]).length);
  expect(lengths).toEqual([100, 100]);
});

test("costs no more than a few walks through its attributes, however many", async () => {
  let encoded = 0;
  const { client, advanceInterval } = setUp(
    {},
    {
      encodeUtf8(text: string) {
        encoded += 1;
        return new TextEncoder().encode(text);
      },
    },
  );
  const attributes = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, "x"]));
  client.metrics.count("a", 1, { attributes });
  await advanceInterval();
  expect(client.stats().dropped).toEqual({ invalid: 1 });
  expect(encoded).toBeLessThan(5 * 20_000);
});
