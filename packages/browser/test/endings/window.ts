import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import { PATIENCE_MS, test as base } from "../support/chromium-test.js";

interface Visitor {
  /** A Chromium for all tests of a file, whose windows can be hidden. */
  visitor: Browser;
  context: BrowserContext;
}

/** A test with pages whose window can be hidden. Pages that Playwright launches are always visible. */
export const test = base.extend<Visitor>({
  visitor: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures off the pattern
    async ({}, use) => {
      const options = await chromiumLaunchOptions();
      const port = await freePort();
      const args = [...options.args, `--remote-debugging-port=${port}`];
      // Playwright disables the back/forward cache, which visitors have.
      const ignoreDefaultArgs = ["--disable-back-forward-cache"];
      const browser = await chromium.launch({ ...options, args, ignoreDefaultArgs });
      const url = `http://127.0.0.1:${port}`;
      const visitor = await chromium.connectOverCDP(url, { noDefaults: true });
      await use(visitor);
      await visitor.close();
      await browser.close();
    },
    { scope: "file" },
  ],
  context: async ({ visitor }, use) => {
    const context = visitor.contexts()[0] as BrowserContext;
    context.setDefaultTimeout(PATIENCE_MS);
    // A browser without pages may quit.
    const host = await context.newPage();
    await use(context);
    // A headed browser opens pages as tabs of one window; in a hidden window they would never load.
    await setBounds(host, "normal");
    await context.setOffline(false);
    const pages = context.pages().filter((page) => page !== host);
    await Promise.all(pages.map((page) => page.close()));
  },
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function setBounds(page: Page, windowState: "minimized" | "normal"): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
}

/** Minimises or restores the window of a page, and waits for the page's visibility to change. */
export async function setWindow(page: Page, windowState: "minimized" | "normal"): Promise<void> {
  await setBounds(page, windowState);
  const state = windowState === "normal" ? "visible" : "hidden";
  // Playwright polls by animation frames, which hidden pages do not have.
  const options = { polling: 20 };
  await page.waitForFunction((wanted) => document.visibilityState === wanted, state, options);
}

/** Crashes the page's process, as when a browser discards a tab or a phone kills it. */
export async function discard(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => {});
  await crashed;
}

/** Stops all timers of a hidden page, as browsers do before they discard it, and waits until its listeners have run. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    // The last listener: a browser kills no process that is still in the first ones.
    document.addEventListener("freeze", () => document.documentElement.setAttribute("frozen", ""));
  });
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const expression = "document.documentElement.hasAttribute('frozen')";
  // A frozen page has no timers for Playwright's own ways to wait.
  const isFrozen = async (): Promise<unknown> =>
    (await session.send("Runtime.evaluate", { expression })).result.value;
  await expect.poll(isFrozen).toBe(true);
}
