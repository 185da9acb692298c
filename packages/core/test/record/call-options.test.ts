import { describe, expect, test } from "vitest";
import type { MetricOptions } from "../../src/index.js";
import { setUp } from "../set-up.js";

const fail = (): never => {
  throw new Error("hostile");
};

describe("an unknown option of a call", () => {
  async function warningsFor(options: unknown, development = true): Promise<string[]> {
    const { client, warnings, advanceInterval, transport } = setUp({}, { development });
    for (let i = 0; i < 3; i += 1) client.metrics.gauge("queue.depth", 1, options as MetricOptions);
    await advanceInterval();
    expect(transport.metrics).toHaveLength(3);
    return warnings();
  }

  test("causes one warning, with the option to use instead", async () => {
    expect(await warningsFor({ tags: { a: 1 } })).toEqual([
      expect.stringMatching(
        /The option "tags" of "queue.depth" does not exist and was ignored. What describes a metric belongs in { attributes }/,
      ),
    ]);
  });

  test.each([
    ["time", "Use timestamp."],
    ["traceId", "Use trace: { traceId }."],
    ["sample_rate", "Use sampleRate."],
    ["constructor", "belongs in { attributes }"],
  ])(
    "causes a warning that names the equivalent option, if there is one: %s",
    async (key, advice) => {
      expect(await warningsFor({ [key]: 5 })).toEqual([expect.stringContaining(advice)]);
    },
  );

  test("causes a warning for each of several", async () => {
    const warnings = await warningsFor({ plan: "pro", labels: {}, unit: "byte" });
    expect(warnings.map((warning) => /"(.*?)"/.exec(warning)?.[1])).toEqual(["plan", "labels"]);
  });

  test("causes a warning when the options are not an object", async () => {
    expect(await warningsFor("byte")).toEqual([
      expect.stringContaining('must be an object such as { unit: "byte" }'),
    ]);
  });

  test("causes no warning in production, nor do known options", async () => {
    expect(await warningsFor({ tags: {} }, false)).toEqual([]);
    const all = { unit: "byte", attributes: {}, timestamp: 1, sampleRate: 1 };
    expect(await warningsFor({ ...all, trace: undefined, scope: undefined })).toEqual([]);
  });

  test("is not searched for in the result of beforeSendMetric", async () => {
    const { client, warnings, advanceInterval } = setUp(
      { beforeSendMetric: (metric) => metric },
      { development: true },
    );
    client.metrics.count("a");
    await advanceInterval();
    expect(warnings()).toEqual([]);
  });
});

describe("an option whose getter throws is skipped, and the rest of the call is sent:", () => {
  const valid = {
    unit: "byte",
    attributes: { a: 1 },
    timestamp: 1_767_225_600,
    trace: { traceId: "a".repeat(32) },
  };

  test.each(["unit", "attributes", "timestamp", "trace", "scope", "sampleRate"])(
    "%s",
    async (name) => {
      const { client, transport, advanceInterval, drops } = setUp();
      const options = Object.defineProperty({ ...valid }, name, { get: fail, enumerable: true });
      client.metrics.gauge("a", 1, options);
      await advanceInterval();
      expect(drops).toEqual([]);
      const { unit, attributes, timestamp, traceId } = transport.metrics[0] ?? {};
      const sent = { unit, attributes, timestamp, trace: { traceId } };
      expect(sent).toMatchObject(
        Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)),
      );
    },
  );

  test("a proxy that throws from every trap", async () => {
    const { client, transport, advanceInterval, drops } = setUp({}, { development: true });
    client.metrics.count("a", 1, new Proxy({}, new Proxy({}, { get: () => fail })));
    await advanceInterval();
    expect([transport.metrics.length, drops]).toEqual([1, []]);
  });
});
