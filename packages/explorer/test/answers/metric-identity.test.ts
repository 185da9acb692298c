import { describe, expect, it } from "vitest";
import { metric, metricEnvelope, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

async function known() {
  const ingest = await memoryIngest();
  ingest.send(
    metricEnvelope(
      metric({ name: "cart.total", type: "distribution", unit: "byte" }),
      metric({ name: "cart.total", type: "distribution" }),
      metric({ name: "cart.total", type: "counter" }),
      metric({ name: "checkout.started" }),
      metric({ name: "lost", value: null }),
    ),
  );
  return ingest.queries;
}

describe("the name of a metric", () => {
  it("is enough when it has one type and unit", async () => {
    const { metric: identity } = await (await known()).aggregate("checkout.started");
    expect(identity).toEqual({ name: "checkout.started", type: "counter", unit: "none" });
  });

  it("with several types and units asks which one is meant", async () => {
    await expect((await known()).aggregate("cart.total")).rejects.toThrow(
      '"cart.total" exists as counter in none, distribution in byte, distribution in none; choose one with type and unit',
    );
  });

  it("is made exact by a type, or a type and a unit", async () => {
    const queries = await known();
    expect((await queries.aggregate("cart.total", { type: "counter" })).metric.unit).toBe("none");
    expect((await queries.aggregate("cart.total", { unit: "byte" })).metric.type).toBe(
      "distribution",
    );
    await expect(queries.aggregate("cart.total", { type: "distribution" })).rejects.toThrow(
      /in byte, distribution in none/,
    );
    const exact = await queries.aggregate("cart.total", { type: "distribution", unit: "none" });
    expect(exact.rows[0]?.samples).toBe(1);
    await expect(queries.aggregate("cart.total", { type: "gauge" })).rejects.toThrow(
      /no such type and unit/,
    );
  });

  it("that is mistyped is answered with the ones that are near", async () => {
    await expect((await known()).aggregate("chekout.started")).rejects.toThrow(
      'Did you mean "checkout.started"?',
    );
  });

  it("that is far from all others is answered plainly", async () => {
    await expect((await known()).aggregate("zzz")).rejects.toThrow(
      /^No metric named "zzz" was received\.$/,
    );
  });

  it("of which everything was dropped says so", async () => {
    await expect((await known()).aggregate("lost")).rejects.toThrow(
      /All 1 metrics named "lost" were dropped/,
    );
  });
});

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
    const queries = await known();
    expect(await queries.attributes("checkout.started")).toEqual([]);
    await expect(queries.attributes("checkout.starte")).rejects.toThrow(/Did you mean/);
  });
});

describe("the list of metrics", () => {
  it("has each name, type and unit once, with what was dropped of the name", async () => {
    const metrics = await (await known()).metrics();
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
