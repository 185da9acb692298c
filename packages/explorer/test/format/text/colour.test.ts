import { describe, expect, it } from "vitest";
import { chooseColours } from "../../../src/format/text/colour.js";

describe("colours", () => {
  it("are for terminals", () => {
    expect(chooseColours(true, {}).bad("x")).toBe("\u001b[31mx\u001b[39m");
    expect(chooseColours(false, {}).bad("x")).toBe("x");
  });

  it("are not used with NO_COLOR, or in a terminal without colours", () => {
    expect(chooseColours(true, { NO_COLOR: "1" }).bad("x")).toBe("x");
    expect(chooseColours(true, { NO_COLOR: "" }).bad("x")).not.toBe("x");
    expect(chooseColours(true, { TERM: "dumb" }).bad("x")).toBe("x");
  });
});
