import { expect, test } from "vitest";
import { openIngest } from "./support/ingest.js";
import { jsonLines, runExample } from "./support/run.js";

interface Line {
  row: number;
  traceId: string;
  spanId: string;
}

interface SentSpan {
  trace_id: string;
  span_id: string;
  name: string;
}

test("each metric has the ids of the Sentry span that it was recorded in", async () => {
  // Sentry's SDK sends its envelopes to the same server.
  const ingest = await openIngest({ foreign: true });

  const { code, stdout, stderr } = await runExample("with-sentry", ingest.dsn);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  ingest.assertClean();
  const lines = jsonLines<Line>(stdout);
  expect(new Set(lines.map(({ row }) => row))).toEqual(new Set([1, 2, 3]));
  for (const { row, traceId, spanId } of lines) {
    const metrics = ingest.metrics.filter((metric) => metric.spanId === spanId);
    expect(metrics.map(({ name }) => name).sort()).toEqual(["row.duration", "row.imported"]);
    expect(metrics.every((metric) => metric.traceId === traceId)).toBe(true);
    expect(sentSpans(ingest)).toContainEqual(
      expect.objectContaining({ trace_id: traceId, span_id: spanId, name: `row ${row}` }),
    );
  }
  expect(new Set(ingest.metrics.map(({ traceId }) => traceId)).size).toBe(1);
});

function sentSpans({ requests }: Awaited<ReturnType<typeof openIngest>>): SentSpan[] {
  return requests
    .flatMap(({ envelope }) => envelope?.items ?? [])
    .filter(({ header }) => header["type"] === "span")
    .flatMap(({ payload }) => {
      const { items } = JSON.parse(Buffer.from(payload).toString()) as { items: SentSpan[] };
      return items;
    });
}
