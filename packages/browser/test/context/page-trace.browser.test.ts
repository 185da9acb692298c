import { afterEach, expect, test } from "vitest";
import { pageTraceSource } from "../../src/context/page-trace.js";

const TRACE = "d4cda95b652f4a1592b449d5929fda1b";
const OTHER = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "6e0c63257de34c92";

afterEach(() => {
  for (const meta of document.querySelectorAll("meta[data-test]")) meta.remove();
});

function addMeta(name: string, content: string): void {
  const meta = document.createElement("meta");
  meta.dataset["test"] = "";
  Object.assign(meta, { name, content });
  document.head.append(meta);
}

test("continues the trace of the sentry-trace meta tag, without the span of the server", () => {
  addMeta("sentry-trace", `${TRACE}-${SPAN}-1`);
  expect(pageTraceSource()()).toEqual({ traceId: TRACE });
});

test("continues the trace of the traceparent meta tag", () => {
  addMeta("traceparent", `00-${TRACE}-${SPAN}-01`);
  expect(pageTraceSource()()).toEqual({ traceId: TRACE });
});

test("prefers sentry-trace to traceparent", () => {
  addMeta("traceparent", `00-${OTHER}-${SPAN}-01`);
  addMeta("sentry-trace", `${TRACE}-${SPAN}`);
  expect(pageTraceSource()()).toEqual({ traceId: TRACE });
});

test("returns undefined when the tags are absent or malformed", () => {
  expect(pageTraceSource()()).toBeUndefined();
  addMeta("sentry-trace", "not a trace");
  expect(pageTraceSource()()).toBeUndefined();
});

test("reads the page at the first metric and remembers the trace", () => {
  const source = pageTraceSource();
  addMeta("sentry-trace", `${TRACE}-${SPAN}-1`);
  expect(source()).toEqual({ traceId: TRACE });
  document.querySelector("meta[data-test]")?.remove();
  addMeta("sentry-trace", `${OTHER}-${SPAN}-1`);
  expect(source()).toEqual({ traceId: TRACE });
});
