import { expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

interface Answer {
  name: string;
  traceId: string;
  spanId?: string;
  sentTraceId: string;
}

test.each(MAJORS)(
  "metrics of concurrent requests have the ids of @sentry/node %i",
  async (major) => {
    const ingest = await ingestForTest();
    const answers = await runForJson<Answer[]>("sentry-server", {
      args: [String(major), ingest.dsn],
    });
    ingest.assertClean();
    const byName = new Map(ingest.metrics.map((metric) => [metric.name, metric]));
    const arrived = answers.map(({ name }) => {
      const metric = byName.get(name);
      return { name, traceId: metric?.traceId, spanId: metric?.spanId };
    });
    expect(arrived).toEqual(
      answers.map(({ name, traceId, spanId }) => ({ name, traceId, spanId })),
    );
    expect(arrived.map(({ traceId }) => traceId)).toEqual(answers.map((each) => each.sentTraceId));
    expect(new Set(arrived.map(({ spanId }) => spanId)).size).toBe(40);
  },
);
