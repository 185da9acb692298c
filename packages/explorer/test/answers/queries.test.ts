import { describe, expect, it } from "vitest";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

describe("the list of metrics", () => {
  it("has each name, type and unit once, with what was dropped of the name", async () => {
    const { queries, send } = await memoryIngest();
    send(
      metricEnvelope(
        metric({ name: "cart.total", type: "distribution", unit: "byte" }),
        metric({ name: "cart.total", type: "distribution" }),
        metric({ name: "cart.total", type: "counter" }),
        metric({ name: "checkout.started" }),
        metric({ name: "lost", value: null }),
      ),
    );
    const { metrics } = await queries.metrics();
    expect(
      metrics.map(({ name, type, unit, samples, dropped }) => [name, type, unit, samples, dropped]),
    ).toEqual([
      ["cart.total", "counter", "none", 1, 0],
      ["cart.total", "distribution", "byte", 1, 0],
      ["cart.total", "distribution", "none", 1, 0],
      ["checkout.started", "counter", "none", 1, 0],
      ["lost", null, null, 0, 1],
    ]);
  });
});
