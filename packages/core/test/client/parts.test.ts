import { allParts } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import {
  beforeSend,
  folding,
  openTelemetry,
  sampling,
  sentry,
  spotlight,
  trimming,
  waitForSentry,
  type Options,
  type Part,
  type Platform,
} from "../../src/index.js";
import { sentryWith } from "../context/sentry-globals.js";
import { balance, setUp } from "../set-up.js";

const withParts = (
  parts: readonly Part[],
  options: Options = {},
  overrides: Partial<Platform> = {},
) => setUp(options, { development: true, parts, ...overrides });

/** The warnings that name a part. */
const warned = (lines: string[]): string[] => lines.filter((text) => text.includes("part"));

describe("a client without parts", () => {
  test("records, batches and delivers all kinds of metrics with their attributes", async () => {
    const { client, transport, advanceInterval, warnings } = withParts([], {
      attributes: { shop: 1 },
    });
    client.metrics.count("a", 2, { attributes: { b: true } });
    client.metrics.gauge("g", 3);
    client.withAttributes({ inner: "x" }, () => client.metrics.distribution("d", 4));
    await advanceInterval();
    expect(transport.metrics).toMatchObject([
      { type: "counter", name: "a", value: 2, attributes: { shop: 1, b: true } },
      { type: "gauge", name: "g", value: 3 },
      { type: "distribution", name: "d", value: 4, attributes: { inner: "x" } },
    ]);
    expect(warnings()).toEqual([]);
  });

  test("tries again after a failure, and reports losses to Sentry", async () => {
    const { client, transport, clock, advanceInterval } = withParts([]);
    transport.onSend = { statusCode: 503 };
    client.metrics.count("a");
    client.metrics.count(" ");
    await advanceInterval();
    transport.onSend = { statusCode: 200 };
    await clock.advance(60_000);
    expect(transport.metrics.map(({ name }) => name)).toEqual(["a", "a"]);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0, dropped: { invalid: 1 } });
    expect(transport.reports.at(-1)?.discarded).toContainEqual(
      expect.objectContaining({ reason: "invalid", quantity: 1 }),
    );
  });

  test("records nothing without a DSN", async () => {
    const { client, advanceInterval } = withParts([], { dsn: undefined });
    client.metrics.count("a");
    await advanceInterval();
    expect(client.stats()).toMatchObject({ recorded: 0 });
  });
});

describe("without the part", () => {
  test("folding(), a full queue drops, and says so", async () => {
    const limits = { maxQueueItems: 10, flushInterval: 60_000 };
    const dropping = withParts([], limits);
    for (let i = 0; i < 25; i++) dropping.client.metrics.count("a");
    expect(dropping.client.stats()).toMatchObject({
      pending: 10,
      dropped: { buffer_overflow: 15 },
    });
    expect(balance(dropping)).toMatchObject({ recorded: 25, accounted: 25 });

    const fold = withParts([folding()], limits);
    for (let i = 0; i < 25; i++) fold.client.metrics.count("a");
    await fold.client.flush();
    expect(fold.client.stats()).toMatchObject({ delivered: 25, dropped: {} });
  });

  test("folding(), metrics wait for the end of a rate limit", async () => {
    const { client, transport, clock, advanceInterval } = withParts([]);
    transport.onSend = { statusCode: 429, headers: limitsOf("60:trace_metric") };
    client.metrics.count("a");
    await advanceInterval();
    transport.onSend = { statusCode: 200 };
    client.metrics.count("b");
    await clock.advance(30_000);
    expect(client.stats().pending).toBe(2);
    await clock.advance(60_000);
    expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  test("trimming(), a metric that is too large is dropped, and a developer is warned", async () => {
    const attributes = { text: "x".repeat(3000) };
    const lean = withParts([]);
    lean.client.metrics.count("a", 1, { attributes });
    expect(lean.client.stats()).toMatchObject({ pending: 0, dropped: { invalid: 1 } });
    expect(warned(lean.warnings())).toHaveLength(1);

    const full = withParts([trimming()]);
    full.client.metrics.count("a", 1, { attributes });
    await full.advanceInterval();
    expect(String(full.transport.metrics[0]?.attributes["text"]).length).toBeLessThan(2048);
  });

  test("sampling(), every call is recorded, and a developer is warned", async () => {
    const lean = withParts([]);
    for (let i = 0; i < 20; i++) lean.client.metrics.count("a", 1, { sampleRate: 0.1 });
    await lean.advanceInterval();
    expect(lean.client.stats()).toMatchObject({ delivered: 20, dropped: {} });
    expect(lean.transport.metrics[0]?.attributes).not.toHaveProperty("sentry.client_sample_rate");
    expect(warned(lean.warnings())).toHaveLength(1);

    const full = withParts([sampling()]);
    for (let i = 0; i < 20; i++) full.client.metrics.count("a", 1, { sampleRate: 0.1 });
    expect(full.client.stats().dropped.sample_rate).toBeGreaterThan(0);
  });

  test.each([true, false])(
    "beforeSend(), a client with the hook sends nothing at all (development: %s)",
    async (development) => {
      const beforeSendMetric = () => null;
      const lean = withParts([], { beforeSendMetric }, { development });
      lean.client.metrics.count("secret");
      await lean.advanceInterval();
      expect(lean.transport.sends).toEqual([]);
      expect(lean.warnings()).toEqual([expect.stringContaining("metrics are off")]);

      const full = withParts([beforeSend()], { beforeSendMetric });
      full.client.metrics.count("secret");
      expect(full.client.stats().dropped).toEqual({ before_send: 1 });
    },
  );

  test("sentry(), nothing of a Sentry SDK is read, and a developer is warned of a scope", async () => {
    const global = sentryWith({ scoped: 1 });
    const scope = { getPropagationContext: () => ({ traceId: "2".repeat(32) }) };
    const lean = withParts([], {}, { global });
    lean.client.metrics.count("a", 1, { scope });
    await lean.advanceInterval();
    expect(lean.transport.metrics[0]?.attributes).not.toHaveProperty("scoped");
    expect(lean.transport.metrics[0]?.traceId).not.toBe("2".repeat(32));
    expect(warned(lean.warnings())).toHaveLength(1);

    const full = withParts([sentry()], {}, { global });
    full.client.metrics.count("a");
    full.client.metrics.count("b", 1, { scope });
    await full.advanceInterval();
    expect(full.transport.metrics).toMatchObject([
      { traceId: "1".repeat(32), attributes: { scoped: 1 } },
      { traceId: "2".repeat(32) },
    ]);
  });

  test("spotlight(), no copy is sent, and a developer is warned", async () => {
    const lean = withParts([], { spotlight: true });
    lean.client.metrics.count("a");
    await lean.advanceInterval();
    expect(lean.spotlight.sends).toEqual([]);
    expect(lean.transport.sends).toHaveLength(1);
    expect(warned(lean.warnings())).toHaveLength(1);

    const full = setUp({ spotlight: true });
    const withCopies = withParts([spotlight(full.spotlight.factory)], { spotlight: true });
    withCopies.client.metrics.count("a");
    await withCopies.advanceInterval();
    expect(full.spotlight.metrics).toHaveLength(1);
    expect(withCopies.transport.sends).toHaveLength(1);
  });

  test("openTelemetry(), the active span is not read", async () => {
    const traceId = "3".repeat(32);
    const span = { spanContext: () => ({ traceId, spanId: "4".repeat(16) }) };
    const api = { context: { active: () => ({ getValue: () => span }) } };
    const global = { [Symbol.for("opentelemetry.js.api.1")]: api };
    for (const [parts, isRead] of [
      [[], false],
      [[openTelemetry()], true],
    ] as const) {
      const { client, transport, advanceInterval } = withParts(parts, {}, { global });
      client.metrics.count("a");
      await advanceInterval();
      expect(transport.metrics[0]?.traceId === traceId).toBe(isRead);
    }
  });
});

test("a Sentry SDK without a valid trace leaves the trace to OpenTelemetry", async () => {
  const traceId = "3".repeat(32);
  const span = { spanContext: () => ({ traceId, spanId: "4".repeat(16) }) };
  const api = { context: { active: () => ({ getValue: () => span }) } };
  const scope = {
    getClient: () => ({}),
    getScopeData: () => ({}),
    getPropagationContext: () => ({ traceId: "none" }),
  };
  const carrier = { stack: { getCurrentScope: () => scope, getIsolationScope: () => scope } };
  const global = {
    __SENTRY__: { "11.0.0": carrier },
    [Symbol.for("opentelemetry.js.api.1")]: api,
  };
  const { client, transport, advanceInterval } = withParts(
    [sentry(), openTelemetry()],
    {},
    { global },
  );
  client.metrics.count("a");
  await advanceInterval();
  expect(transport.metrics[0]).toMatchObject({ traceId, spanId: "4".repeat(16) });
});

test.each<[string, Part[], RegExp]>([
  ["no part", [], /with the part sentry\(\)/],
  ["sentry()", [sentry()], /add the part waitForSentry\(\)/],
  ["sentry() and waitForSentry()", [sentry(), waitForSentry()], /first 100 calls wait/],
])("a client without a DSN, with %s, says what is missing", (_label, parts, message) => {
  const { warnings } = withParts(parts, { dsn: undefined, debug: true });
  expect(warnings()).toEqual([expect.stringMatching(message)]);
});

test("a platform without parts makes a client that records", async () => {
  const { client, transport, advanceInterval } = withParts(undefined as never);
  client.metrics.count("a");
  await advanceInterval();
  expect(transport.metrics).toHaveLength(1);
});

test("of two parts with the same slot the last one counts; trace sources are read in order", async () => {
  const traceId = "5".repeat(32);
  const { client, transport, advanceInterval } = withParts([
    ...allParts(),
    { createSampling: () => () => undefined },
    { createTraceSource: () => () => undefined },
    { createTraceSource: () => () => ({ traceId }) },
    { createTraceSource: () => () => ({ traceId: "6".repeat(32) }) },
  ]);
  client.metrics.count("a", 1, { sampleRate: 0.999_999 });
  client.metrics.count("b");
  await advanceInterval();
  expect(client.stats().dropped).toEqual({ sample_rate: 1 });
  expect(transport.metrics).toMatchObject([{ name: "b", traceId }]);
});

const limitsOf = (header: string) => ({ "x-sentry-rate-limits": header, "retry-after": null });
