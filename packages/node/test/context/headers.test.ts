import { expect, test } from "vitest";
import { headerReader } from "../../src/context/headers.js";
import type { HeadersLike } from "../../src/context/headers.js";

test.each<[string, HeadersLike]>([
  ["a plain object", { "sentry-trace": "x" }],
  ["an object in another case", { "Sentry-Trace": "x" }],
  ["a list of values", { "sentry-trace": ["x", "y"] }],
  ["the bytes of a message queue", { "sentry-trace": Buffer.from("x") }],
  ["Headers", new Headers({ "Sentry-Trace": "x" })],
  ["a Map", new Map([["sentry-trace", "x"]])],
  [
    "an object without a prototype",
    Object.assign(Object.create(null) as object, { "sentry-trace": "x" }),
  ],
])("finds a header in %s", (_shape, headers) => {
  expect(headerReader(headers)("sentry-trace")).toBe("x");
  expect(headerReader(headers)("traceparent")).toBeUndefined();
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["text", "sentry-trace"],
  ["a number for a value", { "sentry-trace": 5 }],
  [
    "a getter that throws",
    {
      get "sentry-trace"() {
        throw new Error("no");
      },
    },
  ],
  [
    "a get that throws",
    {
      get() {
        throw new Error("no");
      },
    },
  ],
])("finds nothing in %s", (_shape, headers) => {
  expect(headerReader(headers as HeadersLike)("sentry-trace")).toBeUndefined();
});
