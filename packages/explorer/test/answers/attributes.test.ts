import { describe, expect, it } from "vitest";
import { metric, metricEnvelope, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

describe("the attributes of a metric", () => {
  it("are listed with their most frequent values", async () => {
    const { queries, send } = await memoryIngest();
    const on = (route: string, more: Json = {}) =>
      metric({ attributes: { "a/b~c": text(route), ...more } });
    send(metricEnvelope(on("/x"), on("/y"), on("/y", { n: { value: 2, type: "integer" } })));
    expect(await queries.attributes("checkout.started")).toEqual([
      { key: "a/b~c", count: 3, values: 2, top: ["/y", "/x"] },
      { key: "n", count: 1, values: 1, top: ["2"] },
    ]);
  });

  it("are none for a metric without any, and an error for an unknown one", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric()));
    expect(await queries.attributes("checkout.started")).toEqual([]);
    await expect(queries.attributes("checkout.starte")).rejects.toThrow(/Did you mean/);
  });
});
