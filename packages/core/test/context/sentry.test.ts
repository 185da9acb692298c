import { describe, expect, test } from "vitest";
import { sentryTraceSource } from "../../src/index.js";

// The node and browser packages test this reader against the real SDKs of majors 8 to 11.
// This file has the states that a real process cannot be put into on demand.
const id = (digit: string): string => digit.repeat(32);
const spanOf = (digit: string) => ({
  spanContext: () => ({ traceId: id(digit), spanId: digit.repeat(16) }),
});
const scopeOf = (digit: string, more: object = {}) => ({
  getClient: () => ({}),
  getPropagationContext: () => ({ traceId: id(digit) }),
  ...more,
});
const carrierOf = (scope: object, acs: object = {}) => ({
  acs: { getCurrentScope: () => scope, ...acs },
});

describe("sentryTraceSource", () => {
  test("returns undefined and adds no global without a Sentry SDK", () => {
    const global = {};
    expect(sentryTraceSource(global)()).toBeUndefined();
    expect(Reflect.ownKeys(global)).toEqual([]);
  });

  test("returns the active span of the async context strategy", () => {
    const carrier = carrierOf(scopeOf("a"), { getActiveSpan: () => spanOf("b") });
    const source = sentryTraceSource({ __SENTRY__: { version: "10.0.0", "10.0.0": carrier } });
    expect(source()).toEqual({ traceId: id("b"), spanId: "b".repeat(16) });
  });

  test("returns the propagation context when the scope's weakly held span has been collected", () => {
    const scope = scopeOf("a", { refs: { span: { deref: () => undefined } } });
    const source = sentryTraceSource({
      __SENTRY__: { version: "11.0.0", "11.0.0": carrierOf(scope) },
    });
    expect(source()).toEqual({ traceId: id("a") });
  });

  test("reads the scope of a browser's stack", () => {
    const carrier = { stack: { getScope: () => scopeOf("a", { _sentrySpan: spanOf("c") }) } };
    const source = sentryTraceSource({ __SENTRY__: { version: "9.0.0", "9.0.0": carrier } });
    expect(source()?.spanId).toBe("c".repeat(16));
  });

  test("reads the default scope of an SDK without strategy or stack", () => {
    const carrier = { defaultCurrentScope: scopeOf("a") };
    const source = sentryTraceSource({ __SENTRY__: { version: "9.0.0", "9.0.0": carrier } });
    expect(source()).toEqual({ traceId: id("a") });
  });

  test("prefers the external propagation context to the scope's", () => {
    const external = { traceId: id("e"), spanId: "e".repeat(16) };
    const carrier = {
      ...carrierOf(scopeOf("a")),
      externalPropagationContextProvider: () => external,
    };
    const source = sentryTraceSource({ __SENTRY__: { version: "11.0.0", "11.0.0": carrier } });
    expect(source()).toEqual(external);
  });

  test("prefers the copy of the SDK that has a client", () => {
    const idle = carrierOf(scopeOf("a", { getClient: () => undefined }));
    const __SENTRY__ = { version: "10.0.0", "10.0.0": idle, "11.0.0": carrierOf(scopeOf("b")) };
    expect(sentryTraceSource({ __SENTRY__ })()).toEqual({ traceId: id("b") });
  });

  test("detects an SDK that starts later, and one that is closed", () => {
    let client: object | undefined;
    const carrier = carrierOf(scopeOf("a", { getClient: () => client }));
    const global: { __SENTRY__?: object } = {};
    const source = sentryTraceSource(global);
    expect(source()).toBeUndefined();
    global.__SENTRY__ = { version: "11.0.0", "11.0.0": carrier };
    expect(source()).toBeUndefined();
    client = {};
    expect(source()).toEqual({ traceId: id("a") });
    client = undefined;
    expect(source()).toBeUndefined();
  });

  test("reads the ids of each span once", () => {
    const readDigits: string[] = [];
    const countedSpan = (digit: string) => ({
      spanContext: () => (readDigits.push(digit), spanOf(digit).spanContext()),
    });
    let span = countedSpan("a");
    const carrier = carrierOf(scopeOf("f"), { getActiveSpan: () => span });
    const source = sentryTraceSource({ __SENTRY__: { version: "10.0.0", "10.0.0": carrier } });
    expect([source()?.spanId, source()?.spanId]).toEqual(["a".repeat(16), "a".repeat(16)]);
    span = countedSpan("b");
    expect(source()?.spanId).toBe("b".repeat(16));
    expect(readDigits).toEqual(["a", "b"]);
  });

  test("reads a span again after it threw", () => {
    let fails = false;
    const broken = {
      spanContext: () => {
        if (fails) throw new Error("broken span");
        return spanOf("b").spanContext();
      },
    };
    let span = spanOf("a");
    const carrier = carrierOf(scopeOf("f"), { getActiveSpan: () => span });
    const source = sentryTraceSource({ __SENTRY__: { version: "10.0.0", "10.0.0": carrier } });
    expect(source()?.spanId).toBe("a".repeat(16));
    span = broken;
    fails = true;
    expect(source).toThrow("broken span");
    expect(source).toThrow("broken span");
    fails = false;
    expect(source()?.spanId).toBe("b".repeat(16));
  });
});
