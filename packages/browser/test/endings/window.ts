import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import { test as base } from "../support/chromium-test.js";

/** Runs with pages whose window can be hidden; Playwright's own pages always count as shown. */
export const test = base.extend<{ context: BrowserContext }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures off the pattern
  context: async ({}, use) => {
    const options = await chromiumLaunchOptions();
    const port = await freePort();
    const args = [...options.args, `--remote-debugging-port=${port}`];
    const browser = await chromium.launch({
      ...options,
      args,
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
    const visitor = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    await use(visitor.contexts()[0] as BrowserContext);
    await visitor.close();
    await browser.close();
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

/** Minimises the window of a page or brings it back, and waits until the page knows. */
export async function setWindow(page: Page, windowState: "minimized" | "normal"): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
  const state = windowState === "normal" ? "visible" : "hidden";
  await page.waitForFunction((wanted) => document.visibilityState === wanted, state);
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
