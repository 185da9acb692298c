import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Queries } from "../../src/answers/queries.js";
import { metric, metricEnvelope, nowSeconds, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NAME = "checkout.started";
const number = (value: number): Json => ({
  value,
  type: Number.isInteger(value) ? "integer" : "double",
});

async function filled(...attributes: readonly Json[]): Promise<Queries> {
  const { queries, send } = await memoryIngest();
  send(metricEnvelope(...attributes.map((each) => metric({ attributes: each }))));
  return queries;
}

describe("the attributes of a metric", () => {
  it("have counts, kinds, their most frequent values and their bytes", async () => {
    const queries = await filled(
      { "a/b~c": text("/x"), n: number(3) },
      { "a/b~c": text("/y"), n: number(1.5) },
      { "a/b~c": text("/y"), n: number(10), list: { value: ["a", "b"], type: "array" } },
      { yes: { value: true, type: "boolean" }, n: text("many") },
    );
    expect(await queries.attributes(NAME)).toEqual([
      {
        key: "a/b~c",
        items: 3,
        missing: 1,
        distinct: 2,
        kinds: { string: 3 },
        top: [
          { value: "/y", count: 2 },
          { value: "/x", count: 1 },
        ],
        bytes: 3 * 7,
      },
      {
        key: "list",
        items: 1,
        missing: 3,
        distinct: 1,
        kinds: { list: 1 },
        top: [{ value: '["a","b"]', count: 1 }],
        bytes: 4 + 9,
      },
      {
        key: "n",
        items: 4,
        missing: 0,
        distinct: 4,
        kinds: { string: 1, number: 3 },
        top: expect.arrayContaining([{ value: "many", count: 1 }]),
        numbers: { min: 1.5, p50: 3, max: 10 },
        bytes: 3 * 9 + 5,
      },
      {
        key: "yes",
        items: 1,
        missing: 3,
        distinct: 1,
        kinds: { boolean: 1 },
        top: [{ value: "true", count: 1 }],
        bytes: 4,
      },
    ]);
  });

  it("are of every item, however many there are", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric({ attributes: { first: text("x") } })));
    for (let batch = 0; batch < 12; batch++)
      send(
        metricEnvelope(
          ...Array.from({ length: 1000 }, () => metric({ attributes: { k: text("v") } })),
        ),
      );
    expect(await queries.attributes(NAME)).toMatchObject([
      { key: "first", items: 1, missing: 12_000 },
      { key: "k", items: 12_000, missing: 1 },
    ]);
  });

  it("are of a range, a type, a unit and a filter", async () => {
    const { queries, send } = await memoryIngest();
    const on = (route: string, over: Json = {}): Json =>
      metric({ attributes: { route: text(route) }, ...over });
    send(
      metricEnvelope(
        on("old", { timestamp: nowSeconds() - 600 }),
        on("gauge", { type: "gauge" }),
        on("byte", { unit: "byte" }),
        on("new"),
      ),
    );
    const routes = async (options: Parameters<Queries["attributes"]>[1]): Promise<unknown> =>
      (await queries.attributes(NAME, options))[0]?.top.map(({ value }) => value).sort();
    expect(await routes({})).toEqual(["byte", "gauge", "new", "old"]);
    expect(await routes({ since: "1m", type: "counter", unit: "none" })).toEqual(["new"]);
    expect(await routes({ unit: "byte" })).toEqual(["byte"]);
    expect(await routes({ where: ["route!=n* and route!=o*"] })).toEqual(["byte", "gauge"]);
  });

  it("are none for a metric without any, and an error for an unknown one", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric()));
    expect(await queries.attributes(NAME)).toEqual([]);
    await expect(queries.attributes("checkout.starte")).rejects.toThrow(/Did you mean/);
  });

  it("are counted right, whatever they are", async () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.constantFrom("a", "b", 'q"', "__proto__"), value), {
          minLength: 1,
          maxLength: 20,
        }),
        async (sent) => {
          const queries = await filled(
            ...sent.map((each) =>
              Object.fromEntries(
                Object.entries(each).map(([key, one]) => [
                  key,
                  { value: one, type: typeof one === "number" ? "integer" : typeof one },
                ]),
              ),
            ),
          );
          const found = await queries.attributes(NAME);
          const keys = [...new Set(sent.flatMap((each) => Object.keys(each)))];
          expect(found.map(({ key }) => key).sort()).toEqual(keys.sort());
          for (const { key, items, missing, distinct, top } of found) {
            const values = sent
              .filter((each) => Object.hasOwn(each, key))
              .map((each) => String(each[key]));
            expect({ items, missing, distinct }).toEqual({
              items: values.length,
              missing: sent.length - values.length,
              distinct: new Set(values).size,
            });
            expect(top[0]?.count).toBeGreaterThanOrEqual(
              Math.ceil(values.length / Math.max(1, distinct)),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the values of an attribute", () => {
  it("are completed from a part of them, the most frequent first", async () => {
    const routes = ["/Cart", "/cart/1", "/cart/1", "/health", "/100%", "/a_b"];
    const queries = await filled(...routes.map((route) => ({ "a/b": text(route) })));
    const values = async (options: Parameters<Queries["attributeValues"]>[2]): Promise<unknown> =>
      (await queries.attributeValues(NAME, "a/b", options)).values.map((each) => each.value);
    expect(await values({ q: "cart" })).toEqual(["/cart/1", "/Cart"]);
    expect(await values({ q: "%" })).toEqual(["/100%"]);
    expect(await values({ q: "_" })).toEqual(["/a_b"]);
    expect(await values({ limit: 1 })).toEqual(["/cart/1"]);
    expect((await queries.attributeValues(NAME, "a/b", { limit: 1 })).total).toBe(5);
    expect(await queries.attributeValues(NAME, "other")).toEqual({ values: [], total: 0 });
  });
});
