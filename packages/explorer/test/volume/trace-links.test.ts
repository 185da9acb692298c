import { fold } from "@spanmeter/core";
import { describe, expect, it } from "vitest";
import type { MetricTable, Trace } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { container, envelope, nowSeconds, SPAN_TYPE } from "../support/envelopes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { testExplorer } from "../support/test-explorer.js";
import { recordVolume, traceOf } from "./record-volume.js";

const TRACES = 5;
const SPANS = 4;
const CALLS = 30;

/** The spans of a trace: all are children of the first one. */
function spansOf(trace: number): string {
  const spans = Array.from({ length: SPANS }, (_, span) => {
    const { traceId, spanId } = traceOf(trace, span);
    return {
      trace_id: traceId,
      span_id: spanId,
      parent_span_id: span === 0 ? undefined : traceOf(trace, 0).spanId,
      name: `span ${span}`,
      start_timestamp: nowSeconds() - 61,
      end_timestamp: nowSeconds() - 1,
      is_segment: span === 0,
      status: "ok",
    };
  });
  return envelope([container("span", SPAN_TYPE, spans)]);
}

describe.each(["span", "trace"] as const)("counters folded by %s", (by) => {
  it("are in their traces and spans, and add up to every call", async () => {
    const explorer = await testExplorer();
    for (let trace = 0; trace < TRACES; trace++) await explorer.post(spansOf(trace));
    const volume = [{ match: "*", policy: fold({ by }) }];
    await recordVolume(explorer, { volume }, ({ metrics }) => {
      for (let i = 0; i < CALLS * TRACES * SPANS; i++)
        metrics.count("a", 1, {
          trace: traceOf(i % TRACES, Math.floor(i / TRACES) % SPANS),
        });
    });
    const { whole } = await explorer.getJson<MetricTable>("/api/metrics/a/table?agg=sum&since=1h");
    expect(whole).toMatchObject({ values: { sum: CALLS * TRACES * SPANS } });
    for (let trace = 0; trace < TRACES; trace++) {
      const { spans, unattached } = await explorer.getJson<Trace>(
        `/api/traces/${traceOf(trace, 0).traceId}`,
      );
      expect(unattached).toEqual([]);
      const items = spans.map((span) => span.items.map(({ value }) => value));
      // Folded by trace, one of the spans has the item.
      const shown = by === "span" ? items : items.filter(({ length }) => length > 0);
      expect(shown).toEqual(by === "span" ? spans.map(() => [CALLS]) : [[CALLS * SPANS]]);
    }
    const calls = by === "span" ? CALLS : CALLS * SPANS;
    const command = ["trace", traceOf(0, 0).traceId, "--url", explorer.url];
    const { stdout } = await runCli(command, { cwd: temporaryFolder() });
    expect(stdout.split(`counter a ${calls} (${calls} calls)`)).toHaveLength(
      by === "span" ? SPANS + 1 : 2,
    );
  });
});
