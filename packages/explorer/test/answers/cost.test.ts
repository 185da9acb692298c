import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CostAnswer } from "../../src/model/cost.js";
import type { CostOptions } from "../../src/questions/lists/cost-question.js";
import { envelope, metric, metrics, text, type Json } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NOW = 1_800_000_037;

async function ask(sent: readonly Json[], options: CostOptions = {}): Promise<CostAnswer> {
  const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
  for (const { sdk, ...each } of sent)
    send(
      envelope([metrics([metric({ timestamp: NOW, ...each })])], sdk === undefined ? {} : { sdk }),
    );
  return queries.cost(options);
}

const bytes = ({ rows }: CostAnswer): unknown =>
  Object.fromEntries(rows.map((row) => [row.name, row.bytes]));

describe("the cost of metrics", () => {
  it("is split by metric, attribute and SDK", async () => {
    const sent = [
      { name: "aa", attributes: { route: text("/cart"), n: { value: 1, type: "integer" } } },
      { name: "aa", unit: "byte", sdk: { name: "x", version: "1" } },
      { name: "bbb", attributes: { route: text("é") }, value: null },
      { name: "cccc", attributes: { on: { value: true, type: "boolean" } } },
    ];
    const byMetric = await ask(sent);
    expect(byMetric.rows.map(({ name, unit, items, bytes }) => [name, unit, items, bytes])).toEqual(
      [
        ["aa", "none", 1, 10 + 10 + 9],
        ["cccc", "none", 1, 12 + 3],
        ["aa", "byte", 1, 10],
      ],
    );
    expect(byMetric.total).toMatchObject({ items: 3, bytes: 54 });
    expect(bytes(await ask(sent, { by: "key" }))).toEqual({ null: 32, route: 10, n: 9, on: 3 });
    expect(bytes(await ask(sent, { by: "sdk" }))).toEqual({ "x/1": 10, null: 44 });
    expect(bytes(await ask(sent, { where: ["route=/c*"] }))).toEqual({ aa: 29 });
  });

  it("is estimated for 30 days at the rate of the range", async () => {
    // 18 bytes a metric, 4 metrics in 2 minutes.
    const sent = Array.from({ length: 4 }, (_, index) => ({
      name: "a".repeat(10),
      timestamp: NOW - 120 + index,
    }));
    const { range, total, rows } = await ask(sent, { since: "2m", free: 0, price: 1000 });
    expect(range.seconds).toBe(120);
    expect(total.perMinute).toEqual({ items: 2, bytes: 36 });
    expect(total.month.bytes).toBe(36 * 60 * 24 * 30);
    expect(total.month.price).toBeCloseTo((36 * 60 * 24 * 30 * 1000) / 1e9, 12);
    expect(rows).toMatchObject([{ share: 1, month: total.month }]);
    const twice = await ask([...sent, ...sent], { since: "2m", free: 0, price: 1000 });
    expect(twice.total.month.price).toBeCloseTo(2 * total.month.price, 12);
  });

  it("deducts what is free once, and never becomes negative", async () => {
    const sent = ["aa", "bb", "cc"].map((name) => ({ name }));
    const whole = await ask(sent, { free: 0, price: 1 });
    const half = await ask(sent, { free: whole.total.month.bytes / 2e9, price: 1 });
    expect(half.total.month.price).toBeCloseTo(whole.total.month.price / 2, 12);
    const parts = half.rows.reduce((sum, { month }) => sum + month.price, 0);
    expect(parts).toBeCloseTo(half.total.month.price, 12);
    expect((await ask(sent)).total.month.price).toBe(0);
  });

  it("is over the time since the oldest metric, at least over a minute", async () => {
    const old = await ask([{ timestamp: NOW - 600 }, {}]);
    expect([old.range.seconds, old.total.perMinute.items]).toEqual([600, 0.2]);
    expect((await ask([{}])).range.seconds).toBe(60);
    expect((await ask([{ timestamp: NOW - 7200 }, {}])).range.seconds).toBe(3600);
    expect((await ask([{}], { since: "10s" })).range.seconds).toBe(10);
    expect(await ask([])).toMatchObject({
      total: { items: 0, bytes: 0, month: { bytes: 0, price: 0 } },
      rows: [],
      groups: { total: 0, shown: 0 },
    });
  });

  it("says how many rows are left out", async () => {
    const sent = ["a", "bb", "ccc"].map((name) => ({ name }));
    const { rows, groups, total } = await ask(sent, { limit: 1 });
    expect([rows.map(({ name }) => name), groups]).toEqual([["ccc"], { total: 3, shown: 1 }]);
    expect(total.bytes).toBe(6 + 3 * 8);
  });

  it("by attribute adds up to all bytes, whatever the values are", async () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }).map(text),
      fc.integer().map((each) => ({ value: each, type: "integer" })),
      fc.boolean().map((each) => ({ value: each, type: "boolean" })),
      fc.array(fc.string()).map((each) => ({ value: each, type: "array" })),
      fc.array(fc.integer()).map((each) => ({ value: each, type: "array" })),
    );
    const attributes = fc.dictionary(fc.constantFrom("a", "b/~", "c d", "é"), value);
    const sizeOf = (each: unknown): number => {
      if (Array.isArray(each)) return each.reduce<number>((sum, one) => sum + sizeOf(one), 0);
      if (typeof each === "string") return Buffer.byteLength(each);
      return typeof each === "boolean" ? 1 : 8;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(attributes, { minLength: 1, maxLength: 8 }), async (list) => {
        const answer = await ask(
          list.map((each) => ({ name: "m", attributes: each })),
          { by: "key" },
        );
        const wanted: Record<string, number> = { null: list.length * 9 };
        for (const [key, { value: each }] of list.flatMap((one) => Object.entries(one)))
          wanted[key] = (wanted[key] ?? 0) + Buffer.byteLength(key) + sizeOf(each);
        expect(bytes(answer)).toEqual(wanted);
        const sum = answer.rows.reduce((all, row) => all + row.bytes, 0);
        expect(sum).toBe(answer.total.bytes);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [{ by: "route" }, /by is "route"; valid are metric, key, sdk/],
    [{ price: -1 }, /price must be a number from 0 to 1000000/],
    [{ free: Number.NaN }, /free must be a number/],
    [{ limit: 0 }, /limit must be a whole number from 1 to 1000/],
    [{ where: ["x"] }, /an operator is missing/],
  ])("is refused with %j", async (options, message) => {
    await expect(ask([], options)).rejects.toThrow(message);
  });
});
