import type { Page } from "playwright-core";

/** How a page returned when the visitor left it and pressed the back button. */
interface Return {
  /** `true` for the page from the cache; `false` for a page that was loaded again. */
  readonly restored: boolean;
  /** Chromium's reasons for not caching the page. */
  readonly reasons: readonly string[];
}

/** Navigates to another page, calls `away`, and goes back. */
export async function goAndReturn(
  page: Page,
  away: () => Promise<unknown> = async () => {},
  other = "/next",
): Promise<Return> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  let reasons: string[] = [];
  session.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => {
    reasons = notRestoredExplanations.map(({ reason }) => reason).sort();
  });
  await page.evaluate(() => {
    // A page that is loaded again does not have this global.
    Object.assign(globalThis, { isRestored: false });
    addEventListener("pageshow", ({ persisted }) =>
      Object.assign(globalThis, { isRestored: persisted }),
    );
  });
  const { href, origin } = new URL(page.url());
  await page.goto(origin + other);
  await away();
  // Playwright's goBack waits for `load`, which does not fire for a page from the cache.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(href, { waitUntil: "commit" });
  await page.waitForFunction(
    () => document.readyState === "complete" && Reflect.get(globalThis, "isRestored") !== false,
  );
  const restored = await page.evaluate(() => "isRestored" in globalThis);
  await session.detach();
  return { restored, reasons };
}
