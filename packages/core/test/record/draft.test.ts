import { describe, expect, test } from "vitest";
import type { MetricOptions } from "../../src/index.js";
import { setUp } from "../set-up.js";

const NOW = Date.UTC(2026, 0) / 1000;

async function timestampOf(timestamp: unknown): Promise<{ seconds: number; complaints: string[] }> {
  const { client, transport, leave, complaints } = setUp({}, { development: true });
  client.metrics.count("a", 1, { timestamp } as MetricOptions);
  await leave();
  expect(transport.metrics).toHaveLength(1);
  return { seconds: transport.metrics[0]?.timestamp ?? NaN, complaints: complaints() };
}

describe("the time of a metric", () => {
  test("is now when nothing is said", async () => {
    expect(await timestampOf(undefined)).toEqual({ seconds: NOW, complaints: [] });
  });

  test("is now for null too", async () => {
    expect((await timestampOf(null)).seconds).toBe(NOW);
  });

  test.each<[string, unknown, number]>([
    ["a date", new Date(Date.UTC(2025, 11, 31, 23, 59, 59, 250)), NOW - 0.75],
    ["seconds", NOW - 100, NOW - 100],
    ["seconds with a fraction", NOW - 0.5, NOW - 0.5],
    ["the epoch", 0, 0],
  ])("is %s that the call gives", async (_what, timestamp, seconds) => {
    expect(await timestampOf(timestamp)).toEqual({ seconds, complaints: [] });
  });

  test("is mended when milliseconds were given, and the developer is told", async () => {
    const { seconds, complaints } = await timestampOf(NOW * 1000);
    expect(seconds).toBe(NOW);
    expect(complaints).toEqual([
      expect.stringContaining('timestamp of "a" looks like milliseconds'),
    ]);
  });

  test.each<[string, unknown]>([
    ["an invalid date", new Date(NaN)],
    ["a date no server can store", new Date(8.64e15)],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["an absurd number", 1e300],
    ["a time before 1970", -1],
    ["text", "2026-01-01"],
    ["an object", {}],
    ["an empty list", []],
    ["a bigint", 1n],
    ["a symbol", Symbol("now")],
  ])("is now, and the developer is told, for %s", async (_what, timestamp) => {
    const { seconds, complaints } = await timestampOf(timestamp);
    expect(seconds).toBe(NOW);
    expect(complaints).toEqual([expect.stringContaining('The timestamp of "a"')]);
  });

  test("is that of the call, not of the sending", async () => {
    const { client, transport, clock, leave } = setUp();
    client.metrics.count("a");
    await clock.advance(1234);
    client.metrics.count("b");
    await leave();
    expect(transport.metrics.map(({ timestamp }) => timestamp)).toEqual([NOW, NOW + 1.234]);
  });
});
