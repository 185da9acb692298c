import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

interface Wanted {
  name: string;
  traceId: string;
  spanId?: string;
}

/** Every metric of the script, with the ids of the SDK and the ids that arrived. */
async function run(
  major: number,
  mode: string,
  format: "esm" | "cjs",
): Promise<{ wanted: Wanted[]; arrived: Wanted[] }> {
  const ingest = await ingestForTest();
  const args = [String(major), mode, ingest.dsn];
  const wanted = await runForJson<Wanted[]>("sentry-trace", { args, format });
  ingest.assertClean();
  const arrived = ingest.metrics.map(({ name, traceId, spanId }) => ({
    name,
    traceId,
    ...(spanId !== undefined && { spanId }),
  }));
  return { wanted, arrived };
}

/** 22 spans were active; no span was active outside of them. */
function expectSpans(wanted: readonly Wanted[]): void {
  const inside = wanted.filter(({ name }) => /^(outer|inner|parallel)/.test(name));
  expect(new Set(inside.map(({ spanId }) => spanId)).size).toBe(22);
  expect(inside.every(({ spanId }) => spanId !== undefined)).toBe(true);
  const outside = wanted.filter(({ name }) => name.startsWith("outside"));
  expect(outside.some(({ spanId }) => spanId !== undefined)).toBe(false);
}

describe.each(MAJORS)("beside @sentry/node %i", (major) => {
  test.each(["cjs", "esm"] as const)(
    "a metric carries the active span's ids, else the propagation trace id (%s)",
    async (format) => {
      const { wanted, arrived } = await run(major, "sampled", format);
      expect(arrived).toEqual(wanted);
      expectSpans(wanted);
      const continued = wanted.find(({ name }) => name === "continued");
      expect(continued?.traceId).toBe("c".repeat(32));
    },
  );

  test("a metric carries the ids of a span that is not sampled", async () => {
    const { wanted, arrived } = await run(major, "unsampled", "cjs");
    expect(arrived).toEqual(wanted);
    expectSpans(wanted);
  });

  test("without tracing, a metric carries only the propagation trace id", async () => {
    const { wanted, arrived } = await run(major, "no-tracing", "cjs");
    expect(arrived).toEqual(wanted);
    const outside = wanted.filter(({ name }) => name.startsWith("outside"));
    expect(outside.map(({ spanId }) => spanId)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("with @sentry/node 11 and its OpenTelemetry set-up, a metric carries the active span's ids", async () => {
  const { wanted, arrived } = await run(11, "otel-setup", "cjs");
  expect(arrived).toEqual(wanted);
  expectSpans(wanted);
});
