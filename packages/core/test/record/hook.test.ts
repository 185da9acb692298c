import { describe, expect, test, vi } from "vitest";
import type { Metric } from "../../src/index.js";
import { setUp } from "../set-up.js";

const TRACE = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };

describe("beforeSendMetric", () => {
  test("receives everything that is sent", () => {
    const seen: Metric[] = [];
    const { client } = setUp({
      release: "1.0",
      environment: "test",
      serverName: "host",
      attributes: { client: 1 },
      beforeSendMetric: (metric) => {
        seen.push(structuredClone(metric));
        return metric;
      },
    });
    client.metrics.gauge("a", 2, { unit: "byte", attributes: { call: true }, trace: TRACE });
    expect(seen).toEqual([
      {
        type: "gauge",
        name: "a",
        value: 2,
        unit: "byte",
        timestamp: Date.UTC(2026, 0) / 1000,
        trace: TRACE,
        attributes: {
          "sentry.release": "1.0",
          "sentry.environment": "test",
          "sentry.sdk.name": "spanmeter.javascript.fake",
          "sentry.sdk.version": expect.any(String),
          "server.address": "host",
          client: 1,
          call: true,
        },
      },
    ]);
  });

  test("can replace every part of the metric", async () => {
    const { client, transport, advanceInterval } = setUp({
      beforeSendMetric: () => ({
        type: "distribution",
        name: "b",
        value: 5,
        unit: "second",
        timestamp: 1700000000.5,
        trace: TRACE,
        attributes: { only: "this" },
      }),
    });
    client.metrics.count("a", 1, { attributes: { secret: "x" } });
    await advanceInterval();
    expect(transport.metrics).toMatchObject([
      {
        type: "distribution",
        name: "b",
        value: 5,
        unit: "second",
        timestamp: 1700000000.5,
        ...TRACE,
      },
    ]);
    expect(transport.metrics[0]?.attributes).toEqual({
      only: "this",
      "sentry.timestamp.sequence": 0,
    });
  });

  test("can change the metric in place and delete attributes", async () => {
    const { client, transport, advanceInterval } = setUp({
      release: "1.0",
      beforeSendMetric: (metric) => {
        metric.name = "renamed";
        delete metric.attributes["sentry.release"];
        metric.attributes["added"] = [1, 2];
        return metric;
      },
    });
    client.metrics.count("a");
    await advanceInterval();
    const [metric] = transport.metrics;
    expect(metric?.name).toBe("renamed");
    expect(metric?.attributes["added"]).toEqual([1, 2]);
    expect(metric?.attributes).not.toHaveProperty("sentry.release");
  });

  test("cannot change the trace of other metrics", async () => {
    const { client, transport, advanceInterval } = setUp({
      beforeSendMetric: (metric) => {
        if (metric.name === "a") (metric.trace as { traceId: string }).traceId = "f".repeat(32);
        return metric;
      },
    });
    client.metrics.count("a");
    client.metrics.count("b");
    await advanceInterval();
    expect(transport.metrics[0]?.traceId).toBe("f".repeat(32));
    expect(transport.metrics[1]?.traceId).not.toBe("f".repeat(32));
  });

  test("drops the metric without a warning when it returns null", async () => {
    const { client, transport, advanceInterval, drops, lines } = setUp(
      { beforeSendMetric: ({ name }) => (name === "a" ? null : ({ name, value: 1 } as Metric)) },
      { development: true },
    );
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics).toEqual([]);
    expect(drops).toMatchObject([{ reason: "before_send", metrics: 1, name: "a" }]);
    expect(lines).toEqual([]);
  });

  test("drops the metric when it throws, and the error is logged once, in production too", async () => {
    const { client, drops, warnings } = setUp({
      beforeSendMetric: () => {
        throw new Error("hook is broken");
      },
    });
    client.metrics.count("a");
    client.metrics.count("b");
    expect(drops.map(({ reason }) => reason)).toEqual(["before_send", "before_send"]);
    expect(warnings()).toEqual([expect.stringMatching(/beforeSendMetric threw.*hook is broken/)]);
  });

  test.each<[string, unknown, string]>([
    ["nothing", undefined, "before_send"],
    ["an empty object", {}, "invalid"],
    ["a metric of another type", { type: "set", name: "a", value: 1 }, "invalid"],
    ["a promise", Promise.resolve({}), "invalid"],
  ])("drops the metric when it returns %s", (_label, result, reason) => {
    const { client, drops } = setUp({ beforeSendMetric: () => result as Metric });
    client.metrics.count("a");
    expect(drops).toMatchObject([{ reason, metrics: 1 }]);
  });

  test("has its result checked like a call", async () => {
    const { client, transport, advanceInterval, drops } = setUp({
      beforeSendMetric: (metric) => ({ ...metric, value: NaN }),
    });
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics).toEqual([]);
    expect(drops).toMatchObject([{ reason: "invalid", metrics: 1 }]);
  });

  test("can leave out parts: timestamp and trace keep their values", async () => {
    const { client, transport, advanceInterval } = setUp({
      beforeSendMetric: ({ type, name, value }) => ({ type, name, value }) as Metric,
    });
    client.metrics.count("a", 2, { trace: TRACE });
    await advanceInterval();
    expect(transport.metrics).toMatchObject([{ name: "a", value: 2, ...TRACE }]);
    expect(transport.metrics[0]?.timestamp).toBe(Date.UTC(2026, 0) / 1000);
  });

  test("is not called for a metric that it records itself", async () => {
    const hook = vi.fn<(metric: Metric) => Metric>((metric) => {
      client.metrics.count("again");
      return metric;
    });
    const { client, transport, advanceInterval } = setUp({ beforeSendMetric: hook });
    client.metrics.count("a");
    await advanceInterval();
    expect(hook).toHaveBeenCalledOnce();
    expect(transport.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(client.stats()).toMatchObject({
      recorded: 2,
      delivered: 1,
      dropped: { before_send: 1 },
    });
  });

  test("has its result truncated to maxMetricBytes", async () => {
    const { client, transport, advanceInterval } = setUp({
      beforeSendMetric: (metric) => ({ ...metric, attributes: { a: "x".repeat(9000) } }),
    });
    client.metrics.count("a");
    await advanceInterval();
    expect(transport.metrics[0]?.bytes).toBe(2048);
  });
});

test("the call's trace is used when the hook returns an invalid one", async () => {
  const traceId = "c".repeat(32);
  const { client, transport, advanceInterval } = setUp({
    beforeSendMetric: (metric) => ({ ...metric, trace: { traceId: "bad" } }),
  });
  client.metrics.count("a", 1, { trace: { traceId } });
  await advanceInterval();
  expect(transport.metrics[0]?.traceId).toBe(traceId);
});
