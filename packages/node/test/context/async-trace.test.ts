import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { asyncTrace, continueTrace } from "../../src/context/async-trace.js";

const A = { traceId: "a".repeat(32), spanId: "1".repeat(16) };
const B = { traceId: "b".repeat(32), spanId: "2".repeat(16) };
const sentryTrace = ({ traceId, spanId }: typeof A) => ({
  "sentry-trace": `${traceId}-${spanId}-1`,
});
const traceparent = ({ traceId, spanId }: typeof A) => ({
  traceparent: `00-${traceId}-${spanId}-01`,
});

test("there is no trace outside of continueTrace", () => {
  expect(asyncTrace()).toBeUndefined();
  continueTrace(sentryTrace(A), () => {});
  expect(asyncTrace()).toBeUndefined();
});

test("continueTrace runs its function in the trace of the headers and returns its result", () => {
  expect(continueTrace(sentryTrace(A), () => asyncTrace())).toEqual(A);
  expect(continueTrace(traceparent(B), () => asyncTrace())).toEqual(B);
});

test("sentry-trace takes precedence over traceparent", () => {
  const both = { ...sentryTrace(A), ...traceparent(B) };
  expect(continueTrace(both, () => asyncTrace())).toEqual(A);
});

test("traceparent is used when sentry-trace is unreadable", () => {
  const headers = { "sentry-trace": "nonsense", ...traceparent(B) };
  expect(continueTrace(headers, () => asyncTrace())).toEqual(B);
});

test("without headers each call starts a new trace", () => {
  const [one, two] = [1, 2].map(() => continueTrace({}, () => asyncTrace()));
  expect(one?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(one?.spanId).toBeUndefined();
  expect(two?.traceId).not.toBe(one?.traceId);
});

test("the trace follows await, timers and promises, and traces do not mix", async () => {
  const follow = (trace: typeof A, ms: number) =>
    continueTrace(sentryTrace(trace), async () => {
      await sleep(ms);
      const late = new Promise((resolve) => setTimeout(() => resolve(asyncTrace()), ms));
      return [asyncTrace(), await late];
    });
  const runs = Array.from({ length: 20 }, (_, i) => follow(i % 2 ? A : B, i % 5));
  const found = await Promise.all(runs);
  expect(found).toEqual(runs.map((_, i) => (i % 2 ? [A, A] : [B, B])));
});

test("an inner trace ends with its function", () => {
  continueTrace(sentryTrace(A), () => {
    expect(continueTrace(sentryTrace(B), () => asyncTrace())).toEqual(B);
    expect(asyncTrace()).toEqual(A);
  });
});

test("a second copy of the package sees the same traces", async () => {
  vi.resetModules();
  const copy = await import("../../src/context/async-trace.js");
  expect(copy.continueTrace).not.toBe(continueTrace);
  expect(copy.continueTrace(sentryTrace(A), () => asyncTrace())).toEqual(A);
});
