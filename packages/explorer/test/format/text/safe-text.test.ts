import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeText } from "../../../src/format/text/safe-text.js";

describe("text for a terminal", () => {
  it.each([
    ["plain é \u{1f600} text", "plain é \u{1f600} text"],
    ["\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
    ["\u009b2J", "\\u009b2J"],
    ["a\nb\rc\td", "a\\nb\\rc\\td"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["\u0000\u007f", "\\u0000\\u007f"],
  ])("of %j is %j", (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it("never has a control character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(safeText(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
