import { describe, expect, test } from "vitest";
import { flatten, merge } from "../src/flat.js";

describe("flatten", () => {
  test("keeps texts, numbers, booleans and lists of one kind", () => {
    const attributes = { a: "x", b: 1.5, c: false, d: ["x", "y"], e: [1, 2], f: [true] };
    expect(flatten(attributes)).toEqual([
      ...["a", "x", "b", 1.5, "c", false, "d", ["x", "y"], "e", [1, 2], "f", [true]],
    ]);
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
  ])("leaves out %s", (_what, value) => {
    expect(flatten({ a: value, b: 1 })).toEqual(["b", 1]);
  });

  test.each<[string, unknown, string]>([
    ["an object", { a: { b: 1 } }, '{"a":{"b":1}}'],
    ["a bigint", 2n ** 70n, "1180591620717411303424"],
    ["an object with a bigint", { a: 1n }, '{"a":"1"}'],
    ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ["a mixed list", [1, "a"], '[1,"a"]'],
    ["a nested list", [[1]], "[[1]]"],
    ["a list with a hole", Array.from({ length: 2 }), "[null,null]"],
    // oxlint-disable-next-line no-sparse-arrays
    ["a sparse list", [1, , 2], "[1,null,2]"],
    ["a list with NaN", [1, NaN], "[1,null]"],
  ])("turns %s into text", (_what, value, text) => {
    expect(flatten({ a: value })).toEqual(["a", text]);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["text", "abc"],
    ["a number", 1],
  ])("finds no attributes in %s", (_what, attributes) => {
    expect(flatten(attributes)).toEqual([]);
  });

  test("gives up only the attribute whose getter throws", () => {
    const attributes = {
      a: 1,
      get b(): string {
        throw new Error("no");
      },
      c: 2,
    };
    expect(flatten(attributes)).toEqual(["a", 1, "c", 2]);
  });

  test("gives up only the attribute that has a cycle or a toJSON that throws", () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const throws = {
      toJSON: () => {
        throw new Error("no");
      },
    };
    expect(flatten({ a: cycle, b: throws, c: 2 })).toEqual(["c", 2]);
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
    expect(flatten(proxy)).toEqual([]);
    expect(flatten(hostile)).toEqual([]);
    expect(flatten({ a: proxy, b: 1 })).toEqual(["b", 1]);
  });

  test("takes a key named __proto__ as a key and inherits nothing", () => {
    const attributes = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
    expect(flatten(attributes)).toEqual(["__proto__", "x", "constructor", "y"]);
    expect(flatten(Object.create({ inherited: 1 }))).toEqual([]);
  });

  test("copies lists, so that changing one afterwards changes nothing", () => {
    const list = ["x"];
    const flat = flatten({ list });
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
    const [, value] = flatten({ list });
    const kinds = Array.isArray(value) ? value.map((item) => typeof item) : [typeof value];
    expect(kinds).not.toContain("object");
  });
});

describe("merge", () => {
  test("lets later lists win and keeps every key once", () => {
    const merged = merge(["a", 1, "b", 1], undefined, ["b", 2, "__proto__", "x"], ["c", 3]);
    expect(merged).toEqual(["a", 1, "b", 2, "__proto__", "x", "c", 3]);
  });

  test("of nothing is nothing", () => {
    expect(merge()).toEqual([]);
    expect(merge(undefined, [])).toEqual([]);
  });
});
