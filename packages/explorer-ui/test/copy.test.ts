import { readFilter } from "@spanmeter/explorer/questions/filter/read-filter";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { commandOf } from "../src/copy/command.js";
import { csvOf } from "../src/copy/csv.js";
import { hasValue, ofGroup } from "../src/url/filters.js";

vi.stubGlobal("location", new URL("http://127.0.0.1:8969/"));

const hostile = fc.string({ unit: "grapheme" }).map((text) => text.replace(/\0/g, ""));

test("a shell reads the words of a command as they are", () => {
  fc.assert(
    fc.property(hostile, hostile, (name, filter) => {
      const command = commandOf(["query", name], {
        where: [filter],
        since: "1h",
        compare: undefined,
      });
      const script = `set -- ${command}; printf '%s\\0' "$@"`;
      const words = execFileSync("sh", ["-c", script], { encoding: "utf8" })
        .split("\0")
        .slice(0, -1);
      expect(words).toEqual([
        "npx",
        "spanmeter",
        "query",
        name,
        "--where",
        filter,
        "--since",
        "1h",
      ]);
    }),
    { numRuns: 50 },
  );
});

test("the filter of a group means exactly its value", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (key, value) => {
      expect(readFilter(hasValue(key, value))).toEqual({
        kind: "equals",
        field: { of: "attribute", key },
        parts: [value],
      });
    }),
  );
  expect(readFilter(hasValue("a b", null))).toMatchObject({ kind: "not", filter: { kind: "has" } });
});

test("everything but a group is one filter", () => {
  const [only] = ofGroup({ route: "/a and b", plan: null }, true);
  expect(readFilter(only!)).toMatchObject({ kind: "not", filter: { kind: "and" } });
});

test("cells with commas, quotes and line ends are quoted, and formulas are text", () => {
  const rows = [
    ["time", 'say "hi"', "a,b"],
    ["=1+1", "a\nb", -1.5],
    [null, undefined, true],
  ];
  expect(csvOf(rows)).toBe('time,"say ""hi""","a,b"\r\n\'=1+1,"a\nb",-1.5\r\n,,true\r\n');
});
