import { expect, test } from "vitest";
import { openIngest } from "./support/ingest.js";
import { jsonLines, runExample } from "./support/run.js";

test("each metric has the ids of the OpenTelemetry span that it was recorded in", async () => {
  const ingest = await openIngest();

  const { code, stdout, stderr } = await runExample("with-opentelemetry", ingest.dsn);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  ingest.assertClean();
  const lines = jsonLines<{ cake: string; traceId: string; spanId: string }>(stdout);
  expect(lines.map(({ cake }) => cake).sort()).toEqual(["carrot", "lemon"]);
  for (const { cake, traceId, spanId } of lines) {
    const metrics = ingest.metrics.filter((metric) => metric.traceId === traceId);
    expect(metrics.map(({ name }) => name).sort()).toEqual(["baking.duration", "cake.baked"]);
    expect(metrics.every((metric) => metric.spanId === spanId)).toBe(true);
    expect(metrics.find(({ name }) => name === "cake.baked")?.attributes["cake"]).toBe(cake);
  }
});
