import { createFakePlatform } from "@spanmeter/testing";
import { describe, expect, test, vi } from "vitest";
import type { ScopeLike, Trace, TraceSource } from "../../src/index.js";
import { DSN, resetProcessGlobals, setUp } from "../set-up.js";

const id = (digit: string): string => digit.repeat(32);
const span = (digit: string): string => digit.repeat(16);
const ofTrace = (digit: string, spanDigit?: string): Trace => ({
  traceId: id(digit),
  ...(spanDigit && { spanId: span(spanDigit) }),
});
const scopeOf = (digit: string): ScopeLike => ({
  getPropagationContext: () => ({ traceId: id(digit) }),
});

async function traceOf(
  sources: readonly TraceSource[],
  options: object = {},
): Promise<{ traceId: string; spanId: string | undefined; warnings: string[] }> {
  const { client, transport, advanceInterval, warnings } = setUp(
    { traceSources: sources },
    { development: true },
  );
  client.metrics.count("a", 1, options);
  await advanceInterval();
  const [metric] = transport.metrics;
  if (!metric) throw new Error("no metric was sent");
  return { traceId: metric.traceId, spanId: metric.spanId, warnings: warnings() };
}

describe("the trace of a metric", () => {
  test("is the trace option of the call first", async () => {
    const trace = await traceOf([() => ofTrace("a", "a")], {
      trace: ofTrace("b", "b"),
      scope: scopeOf("c"),
    });
    expect(trace).toMatchObject(ofTrace("b", "b"));
  });

  test("is the trace of the call's scope before the trace sources", async () => {
    const trace = await traceOf([() => ofTrace("a", "a")], { scope: scopeOf("c") });
    expect(trace).toMatchObject({ traceId: id("c"), spanId: undefined });
  });

  test.each<[string, object]>([
    ["of Sentry 11", { refs: { span: { spanContext: () => ofTrace("d", "d") } } }],
    ["of Sentry 8 to 10", { _sentrySpan: { spanContext: () => ofTrace("d", "d") } }],
    ["held weakly", { _sentrySpan: { deref: () => ({ spanContext: () => ofTrace("d", "d") }) } }],
  ])("is the span on the call's scope, %s", async (_label, parts) => {
    const scope = { ...scopeOf("c"), ...parts };
    expect(await traceOf([], { scope })).toMatchObject(ofTrace("d", "d"));
  });

  test("is the scope's propagation context when its span has been collected", async () => {
    const scope = { ...scopeOf("c"), _sentrySpan: { deref: () => undefined } };
    expect(await traceOf([], { scope })).toMatchObject(ofTrace("c"));
  });

  test("is the trace of the first source that returns one", async () => {
    const trace = await traceOf([() => undefined, () => ofTrace("a"), () => ofTrace("b", "b")]);
    expect(trace).toMatchObject({ traceId: id("a"), spanId: undefined });
  });

  test("is one fallback trace for all clients of a process when no source has one", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("a");
    client.metrics.count("b");
    await advanceInterval();
    const traces = new Set(transport.metrics.map(({ traceId }) => traceId));
    expect(traces.size).toBe(1);
    expect(transport.metrics[0]).not.toHaveProperty("spanId");
    const other = setUp({}, { random: () => 0.25 });
    other.client.metrics.count("a");
    await other.advanceInterval();
    expect(other.transport.metrics[0]?.traceId).toBe([...traces][0]);
  });

  test("is one fallback trace for all copies of the package in a process", async () => {
    const { client, transport, advanceInterval } = setUp();
    client.metrics.count("a");
    await advanceInterval();
    vi.resetModules();
    const copy = await import("../../src/index.js");
    const fake = createFakePlatform({ random: () => 0.75 });
    const other = copy.createClient({ dsn: DSN }, fake.platform);
    other.metrics.count("a");
    await other.flush();
    expect(fake.transport.metrics[0]?.traceId).toBe(transport.metrics[0]?.traceId);
  });

  test("is another fallback trace in another process", async () => {
    const traceOfProcess = async (random: () => number): Promise<string | undefined> => {
      resetProcessGlobals();
      const { client, transport, advanceInterval } = setUp({}, { random });
      client.metrics.count("a");
      await advanceInterval();
      return transport.metrics[0]?.traceId;
    };
    expect(await traceOfProcess(() => 0.25)).not.toBe(await traceOfProcess(() => 0.5));
  });

  test.each([() => 0, () => 0.999_999_999_999])(
    "is valid at the limits of the random function",
    async (random) => {
      resetProcessGlobals();
      const { client, transport, advanceInterval } = setUp({}, { random });
      client.metrics.count("a");
      await advanceInterval();
      expect(transport.metrics[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  test("is read at the call, not at the send", async () => {
    let active: Trace | undefined = ofTrace("a", "a");
    const { client, transport, advanceInterval } = setUp({ traceSources: [() => active] });
    client.metrics.count("a");
    active = ofTrace("b", "b");
    client.metrics.count("b");
    active = undefined;
    client.metrics.count("c");
    await advanceInterval();
    expect(transport.metrics.map(({ spanId }) => spanId)).toEqual([
      span("a"),
      span("b"),
      undefined,
    ]);
  });

  test("is sent in lower case", async () => {
    expect(await traceOf([() => ofTrace("A", "B")])).toMatchObject(ofTrace("a", "b"));
  });
});

describe("a trace source is skipped", () => {
  test.each<[string, unknown]>([
    ["an empty id", { traceId: "" }],
    ["a short id", { traceId: "abc" }],
    ["OpenTelemetry's id of no span", { traceId: id("0"), spanId: span("0") }],
    ["an id that is no text", { traceId: 5 }],
    ["an id with more after it", { traceId: `${id("a")}\n` }],
    ["text", "abc"],
    ["null", null],
  ])("when it returns %s", async (_label, result) => {
    const trace = await traceOf([() => result as Trace, () => ofTrace("a")]);
    expect(trace.traceId).toBe(id("a"));
  });

  test("when it throws, which is logged once", async () => {
    const fail = (): never => {
      throw new Error("broken source");
    };
    const trace = await traceOf([fail, () => ofTrace("a"), fail]);
    expect(trace.traceId).toBe(id("a"));
    expect(trace.warnings).toEqual([expect.stringContaining("broken source")]);
  });
});

test("an invalid span id is left out; its trace is used", async () => {
  for (const spanId of ["", "xyz", span("0"), 5, `${span("a")}\n`])
    expect(await traceOf([() => ({ traceId: id("a"), spanId }) as Trace])).toMatchObject({
      traceId: id("a"),
      spanId: undefined,
    });
});

test("an invalid trace option is logged, and the active trace is used", async () => {
  const trace = await traceOf([() => ofTrace("a")], { trace: { traceId: "nonsense" } });
  expect(trace.traceId).toBe(id("a"));
  expect(trace.warnings).toEqual([
    expect.stringContaining('"trace" option needs a traceId of 32 hex digits'),
  ]);
});

test("the active trace is used when the call's scope throws", async () => {
  const scope: ScopeLike = {
    getPropagationContext: () => {
      throw new Error("broken scope");
    },
  };
  expect((await traceOf([() => ofTrace("a")], { scope })).traceId).toBe(id("a"));
});
