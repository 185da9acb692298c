import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { test as base } from "vitest";
import { chromiumLaunchOptions } from "../../../../../scripts/chromium.mjs";
import type { Explorer } from "../../../../explorer/dist/index.js";
import { sendAll } from "./envelopes.js";
import { startBuiltExplorer } from "./explorer.js";
import { shopIncident, type Shop } from "./shop-incident.js";

/** The timeout of one step on a page. Busy machines stay below it. */
const PATIENCE_MS = 120_000;

interface Fixtures {
  /** One Chromium for all tests of a worker. */
  browser: Browser;
  /** A new profile, at 1280x800 in English and UTC. */
  context: BrowserContext;
  /** An explorer without items. */
  explorer: Explorer;
  /** An explorer with the shop whose incident is still going on. All tests of a worker share it and send nothing more. */
  shop: Shop & { readonly url: string; readonly explorer: Explorer };
}

/** A profile in which nothing depends on the machine. */
export async function newContext(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    timezoneId: "UTC",
    deviceScaleFactor: 1,
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

export const test = base.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures off the pattern
    async ({}, use) => {
      const browser = await chromium.launch(await chromiumLaunchOptions());
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  context: async ({ browser }, use) => {
    const context = await newContext(browser);
    await use(context);
    await context.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  explorer: async ({}, use) => {
    const explorer = await startBuiltExplorer();
    await use(explorer);
    await explorer.close();
  },
  shop: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const explorer = await startBuiltExplorer();
      const shop = shopIncident(Math.floor(Date.now() / 1000));
      await sendAll(explorer.url, shop.items);
      await use({ ...shop, url: explorer.url, explorer });
      await explorer.close();
    },
    { scope: "worker" },
  ],
});
