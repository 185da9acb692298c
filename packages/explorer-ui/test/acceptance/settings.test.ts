import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { screensOf } from "./support/screens.js";
import { settled } from "./support/settled.js";

describe("a person's settings", () => {
  test("with reduced motion nothing moves; forced colours keep every control visible", async ({
    context,
    shop,
  }) => {
    const page = await context.newPage();
    await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    const paths = screensOf(shop);
    await page.goto(shop.url + paths["groups, compared, drawer"]!);
    await settled(page);
    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter((each) => (each.effect?.getComputedTiming().duration as number) > 1).length,
    );
    expect(moving).toBe(0);
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll("main button:not(.plain), main select, main input")]
        .filter((each) => each.checkVisibility() && getComputedStyle(each).borderStyle === "none")
        .map((each) => each.outerHTML.slice(0, 120)),
    );
    expect(bare).toEqual([]);
  });
});
