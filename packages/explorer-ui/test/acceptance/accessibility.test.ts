import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { axeViolations } from "./support/axe.js";
import { screensOf } from "./support/screens.js";
import { settled } from "./support/settled.js";

const WINDOW = { width: 1280, height: 800 };
/** A small telephone; and what that window has left when everything is twice as large. */
const NARROW = [
  { width: 320, height: 640 },
  { width: WINDOW.width / 2, height: WINDOW.height / 2 },
];

/** Returns what axe finds in both themes. */
async function axeFindings(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeViolations(page);
  await page.emulateMedia({ colorScheme: "light" });
  return [...dark, ...(await axeViolations(page, "colours")).map((each) => `light: ${each}`)];
}

/** Returns by how much the page is wider than narrow windows. */
async function widthFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of NARROW) {
    await page.setViewportSize(size);
    const extra = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (extra > 0) found.push(`${extra} pixels wider than a window of ${size.width}`);
  }
  await page.setViewportSize(WINDOW);
  return found;
}

/** Returns what is wrong with each screen. */
async function findingsOf(page: Page, origin: string, paths: Readonly<Record<string, string>>) {
  const found: string[] = [];
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(origin + path);
    await settled(page);
    const here = [...(await axeFindings(page)), ...(await widthFindings(page))];
    found.push(...here.map((each) => `${name}: ${each}`));
  }
  return found;
}

describe("axe finds nothing in both themes, and nothing scrolls sideways at 320 pixels and 200 %", () => {
  test("on any screen with data", async ({ context, shop }) => {
    const page = await context.newPage();
    expect(await findingsOf(page, shop.url, screensOf(shop))).toEqual([]);
  });

  test("on any screen without data", async ({ context, explorer, shop }) => {
    const page = await context.newPage();
    expect(await findingsOf(page, explorer.url, screensOf(shop))).toEqual([]);
  });

  test("on any screen without an explorer", async ({ context, shop }) => {
    const page = await context.newPage();
    await page.route("**/api/**", (route) => route.abort());
    expect(await findingsOf(page, shop.url, screensOf(shop))).toEqual([]);
  });
});
