import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const RATE = "sentry.client_sample_rate";
/** Trace ids whose last digits are spread like random ones. */
const traceOf = (i: number): { traceId: string } => {
  const spread = (Math.imul(i + 1, 0x9e3779b1) >>> 0).toString(16);
  return { traceId: i.toString(16).padStart(23, "0") + "1" + spread.padStart(8, "0") };
};

describe("sampleRate", () => {
  test("keeps about its share and adds the rate to the kept metrics", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 2000; i += 1)
      client.metrics.count("a", 1, { sampleRate: 0.25, trace: traceOf(i) });
    await advanceInterval();
    const kept = transport.metrics;
    expect(kept.length).toBeGreaterThan(400);
    expect(kept.length).toBeLessThan(600);
    expect(new Set(kept.map(({ attributes }) => attributes[RATE]))).toEqual(new Set([0.25]));
    expect(client.stats()).toMatchObject({ dropped: { sample_rate: 2000 - kept.length } });
  });

  test("keeps all metrics of a trace or none", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 100; i += 1)
      for (const name of ["a", "b", "c"])
        client.metrics.count(name, 1, { sampleRate: 0.5, trace: traceOf(i) });
    await advanceInterval();
    const perTrace = new Map<string, number>();
    for (const { traceId } of transport.metrics)
      perTrace.set(traceId, (perTrace.get(traceId) ?? 0) + 1);
    expect(perTrace.size).toBeGreaterThan(20);
    expect(perTrace.size).toBeLessThan(80);
    expect(new Set(perTrace.values())).toEqual(new Set([3]));
  });

  test("keeps at a lower rate only traces that a higher rate keeps", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 300; i += 1) {
      client.metrics.count("small", 1, { sampleRate: 0.1, trace: traceOf(i) });
      client.metrics.count("large", 1, { sampleRate: 0.6, trace: traceOf(i) });
    }
    await advanceInterval();
    const traces = (name: string) =>
      new Set(
        transport.metrics.filter((metric) => metric.name === name).map(({ traceId }) => traceId),
      );
    const large = traces("large");
    expect(traces("small").size).toBeGreaterThan(5);
    expect([...traces("small")].every((trace) => large.has(trace))).toBe(true);
  });

  test("decides call by call for the fallback trace, even when the call names it", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("first");
    await advanceInterval();
    const { traceId } = transport.metrics[0] ?? { traceId: "" };
    for (let i = 0; i < 1000; i += 1) {
      client.metrics.count("other", 1, { trace: traceOf(i), sampleRate: 1 });
      client.metrics.count("a", 1, { sampleRate: 0.5, trace: { traceId } });
    }
    await advanceInterval();
    const kept = transport.metrics.filter(({ name }) => name === "a").length;
    expect(kept).toBeGreaterThan(400);
    expect(kept).toBeLessThan(600);
  });

  test("decides call by call for the fallback trace of a process", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 1000; i += 1) client.metrics.count("a", 1, { sampleRate: 0.5 });
    await advanceInterval();
    expect(transport.metrics.length).toBeGreaterThan(400);
    expect(transport.metrics.length).toBeLessThan(600);
  });

  test("of 1 keeps everything and adds no rate", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 10; i += 1) client.metrics.count("a", 1, { sampleRate: 1 });
    await advanceInterval();
    expect(transport.metrics).toHaveLength(10);
    expect(transport.metrics[0]?.attributes).not.toHaveProperty(RATE);
  });

  test.each([0, -1, 1.5, NaN, Infinity, "0.5", null, {}])(
    "of %j is ignored, and a warning is logged",
    async (sampleRate) => {
      const { client, transport, advanceInterval, warnings } = setUp({}, { development: true });
      client.metrics.count("a", 1, { sampleRate: sampleRate as number });
      await advanceInterval();
      expect(transport.metrics).toHaveLength(1);
      expect(transport.metrics[0]?.attributes).not.toHaveProperty(RATE);
      expect(warnings()).toEqual([expect.stringContaining('sampleRate of "a"')]);
    },
  );

  test("is multiplied by a rate that the application already applied", async () => {
    const { client, transport, advanceInterval } = setUp({}, { random: () => 0.3 });
    client.metrics.count("a", 1, { sampleRate: 0.5, attributes: { [RATE]: 0.5 } });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes[RATE]).toBe(0.25);
  });

  test("is multiplied by a rate among the client's attributes", async () => {
    const { client, transport, advanceInterval } = setUp(
      { attributes: { [RATE]: 0.5 } },
      { random: () => 0.3 },
    );
    client.metrics.count("a", 1, { sampleRate: 0.5 });
    await advanceInterval();
    expect(transport.metrics[0]?.attributes[RATE]).toBe(0.25);
  });
});
