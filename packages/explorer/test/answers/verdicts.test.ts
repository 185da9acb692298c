import { describe, expect, it } from "vitest";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

describe("verdicts", () => {
  it("are counted by reason, with the newest examples", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric(), metric({ value: null }), metric({ name: "other-name" })));
    const { counts, recent } = await queries.verdicts();
    expect(counts).toEqual([
      { kind: "metric", verdict: "changed", code: "name_normalized", count: 1 },
      { kind: "metric", verdict: "dropped", code: "invalid_value", count: 1 },
    ]);
    expect(recent.map(({ name }) => name)).toEqual(["other_name", "checkout.started"]);
  });
});
