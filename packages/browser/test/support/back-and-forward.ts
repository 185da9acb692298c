import type { Page } from "playwright-core";

/** How a page came back when the visitor left it for another one and pressed the back button. */
interface Return {
  /** It is the page itself, as it was; otherwise it was loaded anew. */
  readonly restored: boolean;
  /** Why Chromium did not keep it. */
  readonly reasons: readonly string[];
}

/** Leaves the page for another one, does there what `away` says, and goes back. */
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
    // Lives in this very page and in no other one.
    Object.assign(globalThis, { isRestored: false });
    addEventListener("pageshow", ({ persisted }) =>
      Object.assign(globalThis, { isRestored: persisted }),
    );
  });
  const { href, origin } = new URL(page.url());
  await page.goto(origin + other);
  await away();
  // Playwright waits for the `load` of what it goes back to; a page from the cache has none.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(href, { waitUntil: "commit" });
  await page.waitForFunction(
    () => document.readyState === "complete" && Reflect.get(globalThis, "isRestored") !== false,
  );
  const restored = await page.evaluate(() => "isRestored" in globalThis);
  await session.detach();
  return { restored, reasons };
}
