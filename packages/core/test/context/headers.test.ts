import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSentryTrace, parseTraceparent, traceFromHeaders } from "../../src/context/headers.js";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

describe("parseSentryTrace", () => {
  test.each([
    [`${traceId}-${spanId}`],
    [`${traceId}-${spanId}-1`],
    [`${traceId}-${spanId}-0`],
    [`  ${traceId}-${spanId}-1\t`],
    [`${traceId.toUpperCase()}-${spanId}`],
  ])("reads %j", (header) => {
    expect(parseSentryTrace(header)).toEqual({ traceId, spanId });
  });

  test.each([
    [undefined],
    [null],
    [""],
    ["nonsense"],
    [`${traceId}-${spanId}-2`],
    [`${traceId}-${spanId}-1-extra`],
    [`${"0".repeat(32)}-${spanId}`],
    [`${traceId}-${"0".repeat(16)}`],
    [`${traceId}${spanId}`],
  ])("finds no trace in %j", (header) => {
    expect(parseSentryTrace(header)).toBeUndefined();
  });
});

describe("parseTraceparent", () => {
  test.each([
    [`00-${traceId}-${spanId}-01`],
    [`00-${traceId}-${spanId}-00`],
    [` 00-${traceId}-${spanId}-01 `],
    [`cc-${traceId}-${spanId}-01-what-the-future-brings`],
  ])("reads %j", (header) => {
    expect(parseTraceparent(header)).toEqual({ traceId, spanId });
  });

  test.each([
    [undefined],
    [""],
    [`ff-${traceId}-${spanId}-01`],
    [`00-${"0".repeat(32)}-${spanId}-01`],
    [`00-${traceId}-${"0".repeat(16)}-01`],
    [`00-${traceId.toUpperCase()}-${spanId}-01`],
    [`00-${traceId}-${spanId}`],
    [`00-${traceId}-${spanId}-01-extra`],
    [`${traceId}-${spanId}-1`],
  ])("finds no trace in %j", (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  test("never throws, whatever the header is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (header) => {
        expect(parseTraceparent(header)).toBeUndefined();
        expect(parseSentryTrace(header)).toBeUndefined();
      }),
    );
  });
});

describe("traceFromHeaders", () => {
  const other = "1".repeat(32);
  const read = (headers: Record<string, string>) => traceFromHeaders((name) => headers[name]);

  test("prefers sentry-trace", () => {
    const traceparent = `00-${other}-${spanId}-01`;
    expect(read({ "sentry-trace": `${traceId}-${spanId}`, traceparent })?.traceId).toBe(traceId);
  });

  test("uses traceparent when there is no valid sentry-trace", () => {
    const traceparent = `00-${other}-${spanId}-01`;
    expect(read({ traceparent })?.traceId).toBe(other);
    expect(read({ "sentry-trace": "broken", traceparent })?.traceId).toBe(other);
  });

  test("finds no trace without headers", () => {
    expect(read({})).toBeUndefined();
  });
});
