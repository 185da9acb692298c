import { createFakePlatform } from "@spanmeter/testing";
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as Core from "../../src/index.js";
import type { Trace } from "../../src/index.js";
import { DSN } from "../set-up.js";

const SLOT = Symbol.for("spanmeter.current");
const host = globalThis as Record<symbol, unknown>;
let core: typeof Core;

beforeEach(async () => {
  delete host[SLOT];
  vi.resetModules();
  core = await import("../../src/index.js");
});
afterEach(() => {
  delete host[SLOT];
});

async function sentAfterInit() {
  const { platform, transport, clock } = createFakePlatform();
  await clock.advance(60_000);
  core.makeCurrent(core.createClient({ dsn: DSN }, platform));
  await core.flush();
  return transport.metrics;
}

test("a call before init has the trace of the platform's own source", async () => {
  const traces = new AsyncLocalStorage<Trace>();
  const metrics = core.createMetrics(core.bufferEarly(() => traces.getStore()));
  const [early, other] = ["a", "b"].map((digit) => ({
    traceId: digit.repeat(32),
    spanId: digit.repeat(16),
  }));
  traces.run(early as Trace, () => metrics.count("early"));
  const [metric] = await traces.run(other as Trace, sentAfterInit);
  expect([metric?.traceId, metric?.spanId]).toEqual([early?.traceId, early?.spanId]);
});

test("an early call with a timestamp of undefined has the time of the call", async () => {
  const before = Date.now() / 1000;
  core.metrics.count("early", 1, { timestamp: undefined });
  const [metric] = await sentAfterInit();
  expect(metric?.timestamp).toBeGreaterThanOrEqual(Math.floor(before));
  expect(metric?.timestamp).toBeLessThanOrEqual(Date.now() / 1000);
});

test("an early call made while the clock stands at 0 has the time of its release", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  core.metrics.count("early");
  vi.useRealTimers();
  const [metric] = await sentAfterInit();
  expect(metric?.timestamp).toBeGreaterThan(1_000_000_000);
});

test("withAttributes applies to calls before init", async () => {
  core.withAttributes({ outer: 1, both: "outer" }, () =>
    core.withAttributes({ both: "inner" }, () => core.metrics.count("early")),
  );
  core.metrics.count("after");
  const [early, after] = await sentAfterInit();
  expect(early?.attributes).toMatchObject({ outer: 1, both: "inner" });
  expect(after?.attributes).not.toHaveProperty("outer");
});
