import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const development = { development: true };

describe("a metric above maxMetricBytes", () => {
  test("has its longest text truncated until it fits exactly, and one warning is logged", async () => {
    const { client, transport, advanceInterval, warnings } = setUp({}, development);
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

  test("is truncated between characters, never inside one", async () => {
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

  test("has its longest text truncated first", async () => {
    const { client, transport, advanceInterval } = setUp({ maxMetricBytes: 1000 });
    const attributes = { a: "x".repeat(900), b: "y".repeat(600), c: "z".repeat(50) };
    client.metrics.count("a", 1, { attributes });
    await advanceInterval();
    const { a, b, c } = (transport.metrics[0]?.attributes ?? {}) as Record<string, string>;
    expect([b?.length, c?.length]).toEqual([600, 50]);
    expect(a?.length).toBeGreaterThan(0);
    expect(transport.metrics[0]?.bytes).toBe(1000);
  });

  test("has the next longest text truncated when the longest is not enough", async () => {
    const { client, transport, advanceInterval } = setUp({ maxMetricBytes: 300 });
    const attributes = { a: "x".repeat(500), b: "y".repeat(400), c: "z".repeat(20) };
    client.metrics.count("a", 1, { attributes });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes["c"]).toHaveLength(20);
    expect(transport.metrics[0]?.bytes).toBe(300);
  });

  test("includes the attributes of the client in its size", async () => {
    const { client, transport, advanceInterval } = setUp({
      attributes: { everywhere: "x".repeat(1900) },
    });
    client.metrics.count("a", 1, { attributes: { here: "y".repeat(300) } });
    await advanceInterval();
    expect(transport.metrics[0]?.bytes).toBe(2048);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ["its name alone is too long", "a".repeat(3000), {}],
    ["a list cannot be truncated", "a", { list: Array.from({ length: 600 }, (_, i) => i) }],
    ["its keys alone are too long", "a", { ["k".repeat(3000)]: 1 }],
  ])("is dropped as invalid when %s", async (_label, name, attributes) => {
    const { client, transport, advanceInterval, warnings } = setUp({}, development);
    client.metrics.count(name, 1, { attributes: attributes as Record<string, number> });
    await advanceInterval();
    expect(transport.metrics).toEqual([]);
    expect(client.stats().dropped).toEqual({ invalid: 1 });
    expect(warnings()).toEqual([expect.stringContaining("2048 bytes (maxMetricBytes)")]);
  });
});

test("a metric of exactly the limit is unchanged", async () => {
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

test("fitting a metric takes linear time in its number of attributes", async () => {
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
