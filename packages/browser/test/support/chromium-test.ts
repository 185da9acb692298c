import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startIngest } from "@spanmeter/testing";
import type { IngestServer } from "@spanmeter/testing";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { inject, test as base } from "vitest";
import type {} from "./page-globals.js";
import { startSite } from "./site.js";
import type { Resource, Site } from "./site.js";

export interface PageParts {
  /** The scripts that the page loads, in order. */
  scripts?: readonly string[];
  head?: string;
  headers?: Record<string, string>;
  /** Further paths of the site. */
  resources?: Record<string, string | Resource>;
}

/** The timeout of one step on a page. Busy machines stay below it. */
export const PATIENCE_MS = 120_000;

interface Fixtures {
  /** The Chromium that all test files share. */
  browser: Browser;
  context: BrowserContext;
  /** Receives metrics on another origin than the pages. Every request must be valid. */
  ingest: IngestServer;
  /** Receives envelopes of a Sentry SDK, which must only follow Relay's rules. */
  sentryIngest: IngestServer;
  /** A server that accepts connections and never answers. */
  silence: { readonly url: string };
  /** Opens a page at the root of a new site, which has an empty page at `/next`. */
  open: (parts: PageParts) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures off the pattern
    async ({}, use) => {
      const browser = await chromium.connect(inject("chromiumEndpoint"));
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  context: async ({ browser }, use) => {
    const context = await browser.newContext();
    context.setDefaultTimeout(PATIENCE_MS);
    await use(context);
    await context.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  ingest: async ({}, use) => {
    const ingest = await startIngest();
    await use(ingest);
    await ingest.close();
    ingest.assertClean();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  sentryIngest: async ({}, use) => {
    const ingest = await startIngest({ rules: { foreign: true } });
    await use(ingest);
    await ingest.close();
    ingest.assertClean();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  silence: async ({}, use) => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
  open: async ({ context }, use) => {
    const sites: Site[] = [];
    await use(async (parts) => {
      const site = await startSite(pageResources(parts));
      sites.push(site);
      const page = await context.newPage();
      await page.goto(site.url);
      return page;
    });
    await Promise.all(sites.map((site) => site.close()));
  },
});

function pageResources({ scripts = [], head = "", headers = {}, resources }: PageParts) {
  const tags = scripts.map((_, index) => `<script src="/script-${index}.js"></script>`);
  const files = scripts.map((body, index): [string, Resource] => [
    `/script-${index}.js`,
    { body, type: "text/javascript" },
  ]);
  return {
    "/": { body: `<!doctype html><head>${head}</head><body>${tags.join("")}</body>`, headers },
    "/next": "<!doctype html><title>next</title>",
    ...Object.fromEntries(files),
    ...resources,
  };
}
