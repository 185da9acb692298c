import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { screensOf } from "./support/screens.js";
import { settled } from "./support/settled.js";

const TOUR = ["home", "groups, compared, drawer", "traces", "live", "lint", "cost"];
/** More elements than any of these screens has. */
const MOST = 400;

/** What can have the focus, and can be seen. */
const TABBABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex='0']";

/** Goes through a screen by Tab. Returns what was not reached, and what does not show that it has the focus. */
async function tour(page: Page): Promise<string[]> {
  await page.evaluate((selector) => {
    const isReachable = (each: Element): boolean =>
      each.checkVisibility({ visibilityProperty: true }) && (each as HTMLElement).tabIndex >= 0;
    const left = new Set([...document.querySelectorAll(selector)].filter(isReachable));
    Object.assign(globalThis, { left, unseen: [] });
  }, TABBABLE);
  // It begins somewhere, where a screen has put the focus, and goes round.
  let rounds = 0;
  for (let presses = 0; presses < MOST && rounds < 2; presses++) {
    await page.keyboard.press("Tab");
    rounds += await page.evaluate(() => {
      const { left, unseen } = globalThis as unknown as { left: Set<Element>; unseen: string[] };
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 1;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const isShown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
      if (!isShown) unseen.push(`no focus ring: ${focused.outerHTML.slice(0, 150)}`);
      left.delete(focused);
      return left.size === 0 ? 2 : 0;
    });
  }
  return page.evaluate(() => {
    const { left, unseen } = globalThis as unknown as { left: Set<Element>; unseen: string[] };
    const connected = [...left].filter((each) => each.isConnected);
    return [...unseen, ...connected.map((each) => `not reached: ${each.outerHTML.slice(0, 150)}`)];
  });
}

describe("with keys alone", () => {
  test.for(TOUR)(
    "everything on %s is reached, and shows that it has the focus",
    async (name, { context, shop }) => {
      const page = await context.newPage();
      await page.goto(shop.url + screensOf(shop)[name]!);
      await settled(page);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      expect(await tour(page)).toEqual([]);
    },
  );

  test("every screen is gone to, and the list of keys gives the focus back", async ({
    context,
    shop,
  }) => {
    const page = await context.newPage();
    await page.goto(shop.url);
    for (const [keys, path] of [
      ["g t", "/traces"],
      ["g s", "/live"],
      ["g l", "/lint"],
      ["g c", "/cost"],
      ["g e", "/"],
    ] as const) {
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      await page.waitForURL((url) => url.pathname === path);
    }
    const search = page.getByRole("searchbox", { name: "Search metrics" });
    await search.waitFor();
    const button = page.getByRole("button", { name: "Keys" });
    await button.focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    expect(await dialog.getByRole("row").count()).toBeGreaterThan(8);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
    // Typing is not a key, and all of them can be switched off.
    await search.pressSequentially("g t");
    expect(await search.inputValue()).toBe("g t");
    await button.click();
    await dialog.getByRole("checkbox", { name: "Use these keys" }).uncheck();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("?");
    expect(await dialog.count()).toBe(0);
  });
});
