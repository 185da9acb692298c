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
  /** Scripts the page loads, in order. */
  scripts?: readonly string[];
  head?: string;
  headers?: Record<string, string>;
  /** What else the site serves. */
  resources?: Record<string, string | Resource>;
}

/** What a page may take for one step; a busy machine stays below it. */
export const PATIENCE_MS = 120_000;

interface Fixtures {
  /** The Chromium of all test files. */
  browser: Browser;
  context: BrowserContext;
  /** Stands for Sentry, on another origin than the pages. Its requests must keep to the protocol. */
  ingest: IngestServer;
  /** The same for envelopes of a Sentry SDK, held to what Relay asks of every client. */
  sentryIngest: IngestServer;
  /** A server that takes connections and never answers. */
  silence: { readonly url: string };
  /** Serves a page at the root of a site of its own, with an empty page at `/next`, and opens it. */
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
