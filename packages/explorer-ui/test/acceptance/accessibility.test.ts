import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { axeViolations } from "./support/axe.js";
import { screensOf } from "./support/screens.js";
import { settled } from "./support/settled.js";

const THEMES = ["dark", "light"] as const;

/** Returns what axe finds on each screen in both themes. */
async function violationsOf(page: Page, origin: string, paths: Readonly<Record<string, string>>) {
  const found: string[] = [];
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(origin + path);
    await settled(page);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === "dark" ? "all" : "colours";
      for (const each of await axeViolations(page, rules))
        found.push(`${name}, ${colorScheme}: ${each}`);
    }
  }
  return found;
}

describe("axe finds nothing", () => {
  test("on any screen with data, in both themes", async ({ context, shop }) => {
    const page = await context.newPage();
    expect(await violationsOf(page, shop.url, screensOf(shop))).toEqual([]);
  });

  test("on any screen without data, in both themes", async ({ context, explorer, shop }) => {
    const page = await context.newPage();
    expect(await violationsOf(page, explorer.url, screensOf(shop))).toEqual([]);
  });

  test("on any screen without an explorer, in both themes", async ({ context, shop }) => {
    const page = await context.newPage();
    await page.route("**/api/**", (route) => route.abort());
    expect(await violationsOf(page, shop.url, screensOf(shop))).toEqual([]);
  });
});
