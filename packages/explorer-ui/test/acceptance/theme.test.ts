import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { contrast, readTokens } from "./support/contrast.js";
import { screensOf } from "./support/screens.js";
import { settled } from "./support/settled.js";

const GROUNDS = ["--page", "--raised", "--sunken"];
const TEXT = ["--text", "--faint", "--link", "--bad", "--warn", "--good", "--axis"];
const SERIES = [1, 2, 3, 4, 5, 6].map((place) => `--series-${place}`);
const GRAPHICS = [...SERIES, "--others", "--accent", "--focus", "--control"];

/** What stands on what, and the least contrast. axe sees neither a canvas nor a focus ring. */
const PAIRS = [
  ...TEXT.flatMap((text) => GROUNDS.map((ground) => ({ over: text, ground, least: 4.5 }))),
  ...GRAPHICS.map((graphic) => ({ over: graphic, ground: "--page", least: 3 })),
  { over: "--on-accent", ground: "--accent", least: 4.5 },
  { over: "--heat-1", ground: "--page", least: 3 },
  { over: "--heat-1", ground: "--heat-0", least: 3 },
];

describe("every token", () => {
  test.for(["dark", "light"] as const)(
    "has its contrast in the %s theme",
    async (theme, { context, explorer }) => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(explorer.url);
      const names = [...new Set(PAIRS.flatMap(({ over, ground }) => [over, ground]))];
      const colours = await readTokens(page, names);
      const low = PAIRS.filter(
        ({ over, ground, least }) => contrast(colours[over]!, colours[ground]!) < least,
      );
      expect(low).toEqual([]);
      // Fails when a token is misspelled here, and so has the colour of the text.
      expect(new Set(SERIES.map((name) => String(colours[name]))).size).toBe(SERIES.length);
    },
  );
});

describe("a narrow page", () => {
  test.for([
    ["320 pixels wide", { width: 320, height: 640 }],
    // What a screen of 1280 pixels has left when everything is twice as large.
    ["at 200 %", { width: 640, height: 400 }],
  ] as const)("%s scrolls sideways on no screen", async ([, size], { context, shop }) => {
    const page = await context.newPage();
    await page.setViewportSize(size);
    const wide: string[] = [];
    for (const [name, path] of Object.entries(screensOf(shop))) {
      await page.goto(shop.url + path);
      await settled(page);
      const extra = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (extra > 0) wide.push(`${name}: ${extra} pixels`);
    }
    expect(wide).toEqual([]);
  });
});

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
