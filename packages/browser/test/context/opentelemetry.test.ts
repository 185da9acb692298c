import { expect } from "vitest";
import { bundle, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await bundle("pages/opentelemetry.ts"), await spanmeterScript()];

test("a metric has the trace and the span id of the active OpenTelemetry span", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  const ids = await page.evaluate(async (dsn) => {
    Spanmeter.init({ dsn });
    const tracer = opentelemetry.trace.getTracer("shop");
    const found = tracer.startActiveSpan("outer", (outer) =>
      tracer.startActiveSpan("inner", (inner) => {
        Spanmeter.metrics.gauge("cart.items", 3);
        inner.end();
        outer.end();
        return inner.spanContext();
      }),
    );
    Spanmeter.metrics.gauge("cart.items", 4);
    await Spanmeter.flush();
    return found;
  }, ingest.dsn);
  expect(ingest.metrics).toMatchObject([
    { value: 3, traceId: ids.traceId, spanId: ids.spanId },
    { value: 4, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ]);
  expect(ingest.metrics[1]).not.toHaveProperty("spanId");
  expect(ingest.metrics[1]?.traceId).not.toBe(ids.traceId);
});
