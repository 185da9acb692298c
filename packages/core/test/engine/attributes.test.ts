import { describe, expect, test } from "vitest";
import { copyAttributes } from "../../src/engine/attributes.js";

/** `[key, value, key, value, ...]`, so that a key such as `__proto__` is compared too. */
const entriesOf = (given: unknown): unknown[] =>
  Object.entries(copyAttributes(given)).flatMap((entry) => entry);

describe("copyAttributes", () => {
  test("copies strings, numbers, booleans and lists of one type", () => {
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
  ])("leaves out %s", (_label, value) => {
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
  ])("converts %s to text", (_label, value, text) => {
    expect(entriesOf({ a: value })).toEqual(["a", text]);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["text", "abc"],
    ["a number", 1],
  ])("finds no attributes in %s", (_label, attributes) => {
    expect(entriesOf(attributes)).toEqual([]);
  });

  test("skips only the attribute whose getter throws", () => {
    const attributes = {
      a: 1,
      get b(): string {
        throw new Error("no");
      },
      c: { d: 1 },
    };
    expect(entriesOf(attributes)).toEqual(["a", 1, "c", '{"d":1}']);
  });

  test("skips only the members that a proxy refuses to return", () => {
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

  test("copies 50 000 attributes in linear time when one of them throws", () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]));
    Object.defineProperty(many, "bad", { enumerable: true, get: () => JSON.parse("") as never });
    expect(Object.keys(copyAttributes(many))).toHaveLength(50_000);
  });

  test("skips only the attribute that has a cycle or a toJSON that throws", () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const throws = {
      toJSON: () => {
        throw new Error("no");
      },
    };
    expect(entriesOf({ a: cycle, b: throws, c: 2 })).toEqual(["c", 2]);
  });

  test("does not throw for proxies that are revoked or throw", () => {
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

  test("copies a key named __proto__ like any other and ignores inherited members", () => {
    const attributes = JSON.parse('{"__proto__":"x","constructor":"y"}') as object;
    expect(entriesOf(attributes)).toEqual(["__proto__", "x", "constructor", "y"]);
    expect(entriesOf(Object.create({ inherited: 1 }))).toEqual([]);
  });

  test("copies lists, so that a later change of the original has no effect", () => {
    const list = ["x"];
    const flat = entriesOf({ list });
    list.push("y");
    expect(flat).toEqual(["list", ["x"]]);
  });

  test.each([0, 1, 2, 3, 4])(
    "never copies an object from a list that changes after %i reads",
    (stableReads) => {
      let reads = 0;
      const list = [1];
      Object.defineProperty(list, 0, {
        enumerable: true,
        get: () => (reads++ >= stableReads ? { a: 1 } : 1),
      });
      const [, value] = entriesOf({ list });
      const kinds = Array.isArray(value) ? value.map((item) => typeof item) : [typeof value];
      expect(kinds).not.toContain("object");
    },
  );
});
