import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import { PATIENCE_MS, test as base } from "../support/chromium-test.js";

interface Visitor {
  /** One Chromium for all tests of a file, in which windows can be hidden. */
  visitor: Browser;
  context: BrowserContext;
}

/** Runs with pages whose window can be hidden; Playwright's own pages always count as shown. */
export const test = base.extend<Visitor>({
  visitor: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures off the pattern
    async ({}, use) => {
      const options = await chromiumLaunchOptions();
      const port = await freePort();
      const args = [...options.args, `--remote-debugging-port=${port}`];
      // Playwright turns the back/forward cache off; visitors have it.
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
    // A browser without any page might quit.
    const host = await context.newPage();
    await use(context);
    // A whole browser opens pages as tabs of one window, and in a hidden one they would never load.
    await bound(host, "normal");
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

async function bound(page: Page, windowState: "minimized" | "normal"): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
}

/** Minimises the window of a page or brings it back, and waits until the page knows. */
export async function setWindow(page: Page, windowState: "minimized" | "normal"): Promise<void> {
  await bound(page, windowState);
  const state = windowState === "normal" ? "visible" : "hidden";
  // Hidden pages draw no frames, which Playwright would wait for.
  const whenever = { polling: 20 };
  await page.waitForFunction((wanted) => document.visibilityState === wanted, state, whenever);
}

/** Ends the page's process without a word, as when the browser discards a tab or a phone kills it. */
export async function discard(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => {});
  await crashed;
}

/** Stops all timers of a hidden page, as browsers do before they discard it. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
}
