import { describe, expect, test } from "vitest";
import { brokenLaw, surplusOf, type Accounts } from "../../src/trials/accounting.js";

const accounts = (given: Partial<Record<keyof Accounts, number>>): Accounts => {
  const totals = (value = 0) => new Map([["a", value]]);
  return {
    recorded: totals(given.recorded),
    received: totals(given.received),
    ambiguous: totals(given.ambiguous),
    lost: totals(given.lost),
    pending: given.pending ?? 0,
  };
};

describe("brokenLaw", () => {
  test("is content when all is received, lost or pending", () => {
    expect(brokenLaw(accounts({ recorded: 9, received: 4, lost: 3, pending: 2 }))).toEqual([]);
  });

  test("finds what vanished without a word", () => {
    const broken = brokenLaw(accounts({ recorded: 9, received: 4, lost: 3, pending: 1 }));
    expect(broken).toEqual(["2 metrics neither arrived nor were announced; 1 are pending"]);
  });

  test("allows twice only what was ambiguous", () => {
    const twice = { recorded: 4, received: 4, lost: 3 };
    expect(brokenLaw(accounts({ ...twice, ambiguous: 3 }))).toEqual([]);
    expect(brokenLaw(accounts({ ...twice, ambiguous: 2 }))).toEqual([
      "a: 3 more than recorded, of which 2 may be ambiguous",
    ]);
    expect(surplusOf(accounts(twice))).toBe(3);
  });

  test("finds a name that was never recorded", () => {
    const stray = { ...accounts({}), received: new Map([["b", 1]]) };
    expect(brokenLaw(stray)).toHaveLength(1);
  });
});
