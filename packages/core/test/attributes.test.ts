import { describe, expect, test } from "vitest";
import { metricSize } from "@spanmeter/testing";
import fc from "fast-check";
import { copyAttributes, type Bag } from "../src/engine/attributes.js";
import { exactSize, FIXED_BYTES, sizeOf, type Waiting } from "../src/contract/pending-metric.js";

/** `[key, value, key, value, ...]`, so that a key such as `__proto__` is compared too. */
const entriesOf = (given: unknown): unknown[] =>
  Object.entries(copyAttributes(given)).flatMap((entry) => entry);

describe("copyAttributes", () => {
  test("keeps texts, numbers, booleans and lists of one kind", () => {
    const attributes = { a: "x", b: 1.5, c: false, d: ["x", "y"], e: [1, 2], f: [true] };
    expect(entriesOf(attributes)).toEqual([
      "a",
      "x",
      "b",
      1.5,
      "c",
      false,
      "d",
      ["x", "y"],
      "e",
      [1, 2],
      "f",
      [true],
    ]);
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
  ])("leaves out %s", (_what, value) => {
    expect(entriesOf({ a: value, b: 1 })).toEqual(["b", 1]);
  });

  test.each<[string, unknown, string]>([
    ["an object", { a: { b: 1 } }, '{"a":{"b":1}}'],
    ["a bigint", 2n ** 70n, "1180591620717411303424"],
    ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["a mixed list", [1, "a"], '[1,"a"]'],
    ["a nested list", [[1]], "[[1]]"],
    ["a list with a hole", Array.from({ length: 2 }), "[null,null]"],
    // oxlint-disable-next-line no-sparse-arrays
    ["a sparse list", [1, , 2], "[1,null,2]"],
    ["a list with NaN", [1, NaN], "[1,null]"],
  ])("turns %s into text", (_what, value, text) => {
    expect(entriesOf({ a: value })).toEqual(["a", text]);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["text", "abc"],
    ["a number", 1],
  ])("finds no attributes in %s", (_what, attributes) => {
    expect(entriesOf(attributes)).toEqual([]);
  });

  test("gives up only the attribute whose getter throws", () => {
    const attributes = {
      a: 1,
      get b(): string {
        throw new Error("no");
      },
      c: { d: 1 },
    };
    expect(entriesOf(attributes)).toEqual(["a", 1, "c", '{"d":1}']);
  });

  test("gives up only the members that a proxy refuses", () => {
    const refusing = new Proxy(
      { a: 1, b: 2 },
      {
        get(target, key) {
          if (key === "a") throw new Error("no");
          return Reflect.get(target, key) as unknown;
        },
      },
    );
    expect(entriesOf(refusing)).toEqual(["b", 2]);
  });

  test("copies many attributes beside one that throws in time that grows with their number", () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]));
    Object.defineProperty(many, "bad", { enumerable: true, get: () => JSON.parse("") as never });
    expect(Object.keys(copyAttributes(many))).toHaveLength(50_000);
  });

  test("gives up only the attribute that has a cycle or a toJSON that throws", () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const throws = {
      toJSON: () => {
        throw new Error("no");
      },
    };
    expect(entriesOf({ a: cycle, b: throws, c: 2 })).toEqual(["c", 2]);
  });

  test("survives proxies that are revoked or throw", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = new Proxy(
      { a: 1 },
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    expect(entriesOf(proxy)).toEqual([]);
    expect(entriesOf(hostile)).toEqual([]);
    expect(entriesOf({ a: proxy, b: 1 })).toEqual(["b", 1]);
  });

  test("takes a key named __proto__ as a key and inherits nothing", () => {
    const attributes = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
    expect(entriesOf(attributes)).toEqual(["__proto__", "x", "constructor", "y"]);
    expect(entriesOf(Object.create({ inherited: 1 }))).toEqual([]);
  });

  test("copies lists, so that changing one afterwards changes nothing", () => {
    const list = ["x"];
    const flat = entriesOf({ list });
    list.push("y");
    expect(flat).toEqual(["list", ["x"]]);
  });

  test.each([0, 1, 2, 3, 4])("judges the copy of a list that changes after %i reads", (steady) => {
    let reads = 0;
    const list = [1];
    Object.defineProperty(list, 0, {
      enumerable: true,
      get: () => (reads++ >= steady ? { a: 1 } : 1),
    });
    const [, value] = entriesOf({ list });
    const kinds = Array.isArray(value) ? value.map((item) => typeof item) : [typeof value];
    expect(kinds).not.toContain("object");
  });
});

describe("sizeOf", () => {
  const encoder = new TextEncoder();
  const exact = (attributes: Bag): number =>
    exactSize({ name: "", base: {}, attributes } as Waiting, (text) => encoder.encode(text)) -
    FIXED_BYTES;
  const text = fc.string({ unit: "binary" });
  const attributes = fc.dictionary(
    text,
    fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.array(text),
      fc.array(fc.integer()),
      fc.array(fc.boolean()),
    ),
  );

  test("measures attributes as Sentry bills them", () => {
    fc.assert(
      fc.property(attributes, (given) => {
        const billed = metricSize({ name: "", value: 0, attributes: given }) - 8;
        expect(exact(copyAttributes(given))).toBe(billed);
      }),
    );
  });

  test("is never above that, and exact for ASCII", () => {
    fc.assert(
      fc.property(attributes, (given) => {
        const bag = copyAttributes(given);
        expect(sizeOf(bag)).toBeLessThanOrEqual(exact(bag));
      }),
    );
    const bag = copyAttributes({ key: "text", list: ["a", "bc"], flag: true, part: 0.5 });
    expect(sizeOf(bag)).toBe(3 + 4 + 4 + 3 + 4 + 1 + 4 + 8);
  });
});
