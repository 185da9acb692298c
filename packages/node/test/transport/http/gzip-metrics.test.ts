import { randomBytes } from "node:crypto";
import zlib, { gunzipSync } from "node:zlib";
import type { Envelope, PendingMetric } from "@spanmeter/core";
import { pendingMetric } from "@spanmeter/testing";
import { afterEach, expect, test, vi } from "vitest";
import { createEncodeMetrics } from "../../../src/encode/encode-metrics.js";
import { bodyOf } from "../../../src/transport/http/body.js";
import { gzipMetrics } from "../../../src/transport/http/gzip-metrics.js";

afterEach(() => void vi.restoreAllMocks());

const encode = createEncodeMetrics();

function bodyWith(metrics: readonly PendingMetric[]): Uint8Array {
  const { payload } = encode(metrics, '{"version":2', Infinity, (text) => Buffer.from(text));
  const report = [{ type: "client_report" }, { discarded_events: [] }];
  return bodyOf([{ sdk: {} }, [[{ type: "trace_metric" }, payload], report]] as Envelope);
}

const sharedAttributes = {
  "sentry.environment": "production",
  "sentry.release": "shop@1.2.3",
  "server.address": "web-1",
};
/** The series of an application, found again by each call. */
const series = Array.from(
  { length: 24 },
  (_, i) =>
    pendingMetric({
      type: "distribution",
      name: "query.duration",
      unit: "millisecond",
      isCached: true,
      attributes: {
        route: `/orders/${i % 8}`,
        method: i % 3 ? "GET" : "POST",
        status: 200 + (i & 1),
      },
    }).series,
);
/** Each request of an application has a trace and records a few metrics. */
const traces = Array.from({ length: 125 }, () => ({
  traceId: randomBytes(16).toString("hex"),
  spanId: randomBytes(8).toString("hex"),
}));
const recurring = (i: number): PendingMetric => ({
  ...pendingMetric({ value: (i % 997) / 8, sequence: i, sharedAttributes, trace: traces[i >> 3]! }),
  series: series[i % 24]!,
});
/** A text that never recurs takes more room than all that does. */
const distinct = (i: number): PendingMetric =>
  pendingMetric({
    sequence: i,
    attributes: { text: Array.from({ length: 50 }, (_, at) => Math.sin(i * 50 + at)).join() },
  });
const metricsOf = (make: (i: number) => PendingMetric, count: number): PendingMetric[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Compresses a body, and returns what gunzip makes of it and whether zlib compressed it. */
async function compress(
  body: Uint8Array,
): Promise<{ text: string; size: number; byZlib: boolean }> {
  const spies = [vi.spyOn(zlib, "gzipSync"), vi.spyOn(zlib, "gzip")];
  const compressed = await gzipMetrics(body);
  const byZlib = spies.some(({ mock }) => mock.calls.length > 0);
  return { text: gunzipSync(compressed).toString(), size: compressed.length, byZlib };
}

test.for([100, 1000])("%i metrics that recur are compressed without zlib", async (count) => {
  const body = bodyWith(metricsOf(recurring, count));
  const { text, size, byZlib } = await compress(body);
  expect(text).toBe(Buffer.from(body).toString());
  expect(byZlib).toBe(false);
  // zlib's level 3 is what bodies without known copies get.
  expect(size).toBeLessThan(zlib.gzipSync(body, { level: 3 }).length * 1.5);
});

test.for<[string, Uint8Array]>([
  ["metrics with new texts", bodyWith(metricsOf(distinct, 100))],
  ["more than the main thread compresses of them", bodyWith(metricsOf(distinct, 1000))],
  ["few metrics", bodyWith(metricsOf(recurring, 3))],
  ["a body below 32 KiB", bodyWith(metricsOf(recurring, 50))],
  [
    "a body that is no payload of the encoder",
    Buffer.from(JSON.stringify(metricsOf(recurring, 50))),
  ],
])("zlib compresses %s", async ([, body]) => {
  const { text, byZlib } = await compress(body);
  expect(text).toBe(Buffer.from(body).toString());
  expect(byZlib).toBe(true);
});

test("zlib compresses where it has no crc32, as in old runtimes", async () => {
  const descriptor = Object.getOwnPropertyDescriptor(zlib, "crc32") as PropertyDescriptor;
  Object.defineProperty(zlib, "crc32", { value: undefined, configurable: true });
  try {
    const body = bodyWith(metricsOf(recurring, 100));
    const { text, byZlib } = await compress(body);
    expect(text).toBe(Buffer.from(body).toString());
    expect(byZlib).toBe(true);
  } finally {
    Object.defineProperty(zlib, "crc32", descriptor);
  }
});
