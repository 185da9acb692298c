import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checkSame } from "../explorer/same.mjs";

const run = (...flags: string[]) =>
  promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "../explorer/run.mjs"),
    ...flags,
  ]);

test("every question of the explorer has the numbers of its plain statement", async () => {
  const { stdout } = await run("--items", "20000", "--rounds", "1");
  expect(stdout).toContain("Both sides have the same numbers in every row.");
  expect(stdout).not.toContain("NaN");
});

test("the error about an unknown row lists the known rows", async () => {
  await expect(run("--only", "speed")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No row "speed". There are: p95, routes'),
  });
});

const row = { title: "heatmap" };

test("lines are the same in any order, up to rounding", () => {
  const lines = [
    ["a", 1],
    ["b", 2],
  ];
  expect(() =>
    checkSame(row, lines, [
      ["b", 2 * (1 + 1e-12)],
      ["a", 1],
    ]),
  ).not.toThrow();
});

test.for([
  ["another number", [["a", 2]]],
  ["another text", [["b", 1]]],
  [
    "one more line",
    [
      ["a", 1],
      ["b", 2],
    ],
  ],
  ["one more cell", [["a", 1, 5]]],
  ["nothing", []],
] as const)("a statement with %s fails the run", ([, lines]) => {
  expect(() => checkSame(row, [["a", 1]], lines)).toThrow('"heatmap"');
});

test("two sides without lines prove nothing", () => {
  expect(() => checkSame(row, [], [])).toThrow('"heatmap"');
});
