import { describe, expect, it } from "vitest";
import { matchName } from "../../src/server/match-name.js";

describe("a name pattern", () => {
  it.each([
    ["cart.*", "cart.total", true],
    ["cart.*", "cartxtotal", false],
    ["*", "anything", true],
    ["*.count", "a.b.count", true],
    ["a.b", "a.b", true],
    ["a.b", "a.bc", false],
    ["a(b", "a(b", true],
  ])("%s against %s is %s", (pattern, name, fits) => {
    expect(matchName(pattern)(name)).toBe(fits);
  });
});
