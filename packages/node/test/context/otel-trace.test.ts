import { expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";

interface Wanted {
  name: string;
  traceId?: string;
  spanId?: string;
}

test.each([
  { name: "an OpenTelemetry SDK alone", args: [] },
  { name: "an OpenTelemetry SDK that @sentry/node 11 follows", args: ["11"] },
])("a metric carries the ids of the active span of $name", async ({ args }) => {
  const ingest = await ingestForTest();
  const wanted = await runForJson<Wanted[]>("otel-trace", { args: [ingest.dsn, ...args] });
  ingest.assertClean();
  expect(ingest.metrics.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  const spans = wanted.filter(({ spanId }) => spanId !== undefined);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(22);
  const ids = ingest.metrics.map(({ traceId, spanId }) => (spanId ? { traceId, spanId } : {}));
  expect(ids).toEqual(wanted.map(({ traceId, spanId }) => (spanId ? { traceId, spanId } : {})));
  const outside = ingest.metrics.filter(({ name }) => name.startsWith("outside"));
  expect(new Set(outside.map(({ traceId }) => traceId)).size).toBe(1);
});
