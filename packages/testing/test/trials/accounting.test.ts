import { describe, expect, test } from "vitest";
import { brokenLaw, surplusOf, type Accounts } from "../../src/trials/accounting.js";

const accountsOf = (sums: Partial<Record<keyof Accounts, number>>): Accounts => {
  const totals = (value = 0) => new Map([["a", value]]);
  return {
    recorded: totals(sums.recorded),
    received: totals(sums.received),
    ambiguous: totals(sums.ambiguous),
    lost: totals(sums.lost),
    pending: sums.pending ?? 0,
  };
};

describe("brokenLaw", () => {
  test("finds nothing when all metrics are received, lost or pending", () => {
    expect(brokenLaw(accountsOf({ recorded: 9, received: 4, lost: 3, pending: 2 }))).toEqual([]);
  });

  test("finds metrics that are neither received, lost nor pending", () => {
    const broken = brokenLaw(accountsOf({ recorded: 9, received: 4, lost: 3, pending: 1 }));
    expect(broken).toEqual(["2 metrics neither arrived nor were announced; 1 are pending"]);
  });

  test("allows only ambiguous metrics to count twice", () => {
    const twice = { recorded: 4, received: 4, lost: 3 };
    expect(brokenLaw(accountsOf({ ...twice, ambiguous: 3 }))).toEqual([]);
    expect(brokenLaw(accountsOf({ ...twice, ambiguous: 2 }))).toEqual([
      "a: 3 more than recorded, of which 2 may be ambiguous",
    ]);
    expect(surplusOf(accountsOf(twice))).toBe(3);
  });

  test("finds a name that was never recorded", () => {
    const stray = { ...accountsOf({}), received: new Map([["b", 1]]) };
    expect(brokenLaw(stray)).toHaveLength(1);
  });
});
