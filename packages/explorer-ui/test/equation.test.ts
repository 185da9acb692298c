import { expect, test } from "vitest";
import { readEquation } from "../src/explore/equation.js";

const compute = (text: string, ...values: (number | null)[]) =>
  readEquation(text).compute((place) => values[place] ?? null);

test.for([
  ["a / b", 0.25],
  ["a / b %", 25],
  ["a + b * 2", 9],
  ["(a + b) * 2", 10],
  ["a - b - b", -7],
  ["b / a / 2", 2],
  ["-a + 1.5", 0.5],
  ["2 * -b", -8],
] as const)("%s", ([text, result]) => {
  expect(compute(text, 1, 4)).toBe(result);
});

test("a gap in a panel is a gap in the result, and so is a division by zero", () => {
  expect(compute("a / b", 1, null)).toBeNull();
  expect(compute("a / b", 1, 0)).toBeNull();
  expect(compute("b / b", 1, 0)).toBeNull();
});

test("knows the panels that it needs", () => {
  expect(readEquation("(c - a) / c").places).toEqual([2, 0]);
});

test.for([
  ["", "ends too early"],
  ["a +", "ends too early"],
  ["(a", "lacks a closing bracket"],
  ["a b", 'has "b" where an operator'],
  ["a / sum", "is not understood at character 4"],
  ["i", "is not understood at character 1"],
  ["* a", 'has "*" where a panel'],
  ["a / b % c", "is not understood at character 6"],
] as const)("%s is refused: %s", ([text, problem]) => {
  expect(() => readEquation(text)).toThrow(problem);
});
