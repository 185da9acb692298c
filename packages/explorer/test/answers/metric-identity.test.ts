import { describe, expect, it } from "vitest";
import { metric, metricEnvelope } from "../support/envelopes.js";
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
    const { metric: identity } = await (await known()).table("checkout.started");
    expect(identity).toEqual({ name: "checkout.started", type: "counter", unit: "none" });
  });

  it("with several types and units is an error that lists them", async () => {
    await expect((await known()).table("cart.total")).rejects.toThrow(
      '"cart.total" exists as counter in none, distribution in byte, distribution in none; choose one with type and unit',
    );
  });

  it("with a type, or a type and a unit, chooses one metric", async () => {
    const queries = await known();
    expect((await queries.table("cart.total", { type: "counter" })).metric.unit).toBe("none");
    expect((await queries.table("cart.total", { unit: "byte" })).metric.type).toBe("distribution");
    await expect(queries.table("cart.total", { type: "distribution" })).rejects.toThrow(
      /in byte, distribution in none/,
    );
    const exact = await queries.table("cart.total", { type: "distribution", unit: "none" });
    expect(exact.rows[0]?.samples).toBe(1);
    await expect(queries.table("cart.total", { type: "gauge" })).rejects.toThrow(
      /no such type and unit/,
    );
  });

  it("that is mistyped is an error with similar names", async () => {
    await expect((await known()).table("chekout.started")).rejects.toThrow(
      'Did you mean "checkout.started"?',
    );
  });

  it("that is similar to no other is an error without a suggestion", async () => {
    await expect((await known()).table("zzz")).rejects.toThrow(
      /^No metric named "zzz" was received\.$/,
    );
  });

  it("of which all items were dropped is an error with that reason", async () => {
    await expect((await known()).table("lost")).rejects.toThrow(
      /All 1 metrics named "lost" were dropped/,
    );
  });
});
