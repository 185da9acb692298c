import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/answers/changes/random.js";
import { createValueTable, type ValueTable } from "../../../src/answers/changes/value-table.js";
import type { Attributes } from "../../../src/model/received-item.js";
import { comparedColumns, NO_PAUSES, type TestItem } from "../../support/compared-items.js";

const tableOf = (items: readonly TestItem[]): Promise<ValueTable> =>
  createValueTable(comparedColumns(items), NO_PAUSES);

const many = (count: number, attributesOf: (place: number) => Attributes): TestItem[] =>
  Array.from({ length: count }, (_, place) => ({ attributes: attributesOf(place) }));

describe("the values that are compared", () => {
  it("have an absent one for items without the attribute", async () => {
    const { values, keys } = await tableOf(
      many(60, (place) => (place < 20 ? { plan: "pro" } : {})),
    );
    expect(keys).toBe(1);
    expect(values).toEqual([
      { key: "plan", value: null, kind: "absent", items: 40 },
      { key: "plan", value: "pro", kind: "value", items: 20 },
    ]);
  });

  it("are tenths of an attribute with many numbers", async () => {
    const random = createRandom(1);
    const sizes = Array.from({ length: 1_000 }, () => Math.floor(random() ** 3 * 10_000));
    const { values } = await tableOf(many(1_000, (place) => ({ size: sizes[place]! })));
    expect(values).toHaveLength(10);
    for (const { kind, items, range, value } of values) {
      expect(kind).toBe("range");
      expect(Math.abs(items - 100)).toBeLessThan(10);
      expect(value).toBe(`${range?.from} to ${range?.to}`);
      const inRange = sizes.filter((size) => size >= range!.from && size <= range!.to);
      expect(inRange).toHaveLength(items);
    }
  });

  it("are single numbers when there are few", async () => {
    const { values } = await tableOf(many(60, (place) => ({ retries: place % 3 })));
    expect(values.map(({ value, kind }) => [value, kind])).toEqual([
      ["0", "value"],
      ["1", "value"],
      ["2", "value"],
    ]);
  });

  it("tell a frequent number from tenths", async () => {
    const { values } = await tableOf(many(400, (place) => ({ size: place < 200 ? 0 : place })));
    expect(values[0]).toMatchObject({ value: "0", kind: "value", items: 200 });
    expect(values.slice(1).every(({ kind }) => kind === "range")).toBe(true);
  });

  it("are read per item, and -1 where they are rare", async () => {
    const items = many(45, (place) => ({ plan: place < 20 ? "a" : place < 40 ? "b" : "c" }));
    const { values, cells } = await tableOf(items);
    expect(values.map(({ value }) => value)).toEqual(["a", "b"]);
    expect([...cells]).toEqual([...Array(20).fill(0), ...Array(20).fill(1), ...Array(5).fill(-1)]);
  });
});

describe("an attribute is skipped", () => {
  const reasonOf = async (items: readonly TestItem[]) => (await tableOf(items)).skipped;

  it("when every value is rare", async () => {
    const items = many(100, (place) => ({ user: `u${place}` }));
    expect(await reasonOf(items)).toEqual([{ key: "user", reason: "rare", values: 100 }]);
  });

  it("when every item has the same value", async () => {
    const items = many(100, () => ({ sdk: "x" }));
    expect(await reasonOf(items)).toEqual([{ key: "sdk", reason: "same", values: 1 }]);
  });

  it.each(["value", "seconds"] as const)("when it follows the %s of the items", async (field) => {
    const items = many(200, (place) => ({ copy: place * 1.5 })).map((item, place) => ({
      ...item,
      [field]: place ** 2,
    }));
    expect(await reasonOf(items)).toMatchObject([{ key: "copy", reason: "defines-selection" }]);
  });

  it("when it is the id of the trace", async () => {
    const items = many(200, (place) => ({ id: `t${place >> 1}` })).map((item, place) => ({
      ...item,
      traceId: `t${place >> 1}`,
    }));
    expect(await reasonOf(items)).toMatchObject([{ key: "id", reason: "defines-selection" }]);
  });

  it("when a hundred others have more items", async () => {
    const items = many(60, (place) => ({
      ...Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`k${key}`, place % 2])),
      ...(place > 0 && { last: place % 2 }),
    }));
    expect(await reasonOf(items)).toEqual([{ key: "last", reason: "too-many", values: 2 }]);
  });
});
