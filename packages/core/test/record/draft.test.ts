import { describe, expect, test } from "vitest";
import type { MetricOptions } from "../../src/index.js";
import { setUp } from "../set-up.js";

const NOW = Date.UTC(2026, 0) / 1000;

async function timestampOf(timestamp: unknown): Promise<{ seconds: number; warnings: string[] }> {
  const { client, transport, advanceInterval, warnings } = setUp({}, { development: true });
  client.metrics.count("a", 1, { timestamp } as MetricOptions);
  await advanceInterval();
  expect(transport.metrics).toHaveLength(1);
  return { seconds: transport.metrics[0]?.timestamp ?? NaN, warnings: warnings() };
}

describe("the time of a metric", () => {
  test("is the current time by default", async () => {
    expect(await timestampOf(undefined)).toEqual({ seconds: NOW, warnings: [] });
  });

  test("is the current time for null", async () => {
    expect((await timestampOf(null)).seconds).toBe(NOW);
  });

  test.each<[string, unknown, number]>([
    ["a date", new Date(Date.UTC(2025, 11, 31, 23, 59, 59, 250)), NOW - 0.75],
    ["seconds", NOW - 100, NOW - 100],
    ["seconds with a fraction", NOW - 0.5, NOW - 0.5],
    ["the epoch", 0, 0],
  ])("can be %s", async (_label, timestamp, seconds) => {
    expect(await timestampOf(timestamp)).toEqual({ seconds, warnings: [] });
  });

  test("is corrected when the call gives milliseconds, and a warning is logged", async () => {
    const { seconds, warnings } = await timestampOf(NOW * 1000);
    expect(seconds).toBe(NOW);
    expect(warnings).toEqual([expect.stringContaining('timestamp of "a" looks like milliseconds')]);
  });

  test.each<[string, unknown]>([
    ["an invalid date", new Date(NaN)],
    ["a date that no server can store", new Date(8.64e15)],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["an absurd number", 1e300],
    ["a time before 1970", -1],
    ["text", "2026-01-01"],
    ["an object", {}],
    ["an empty list", []],
    ["a bigint", 1n],
    ["a symbol", Symbol("now")],
  ])("is the current time, and a warning is logged, for %s", async (_label, timestamp) => {
    const { seconds, warnings } = await timestampOf(timestamp);
    expect(seconds).toBe(NOW);
    expect(warnings).toEqual([expect.stringContaining('The timestamp of "a"')]);
  });

  test("is the time of the call, not of the send", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    client.metrics.count("a");
    await clock.advance(1234);
    client.metrics.count("b");
    await advanceInterval();
    expect(transport.metrics.map(({ timestamp }) => timestamp)).toEqual([NOW, NOW + 1.234]);
  });
});
