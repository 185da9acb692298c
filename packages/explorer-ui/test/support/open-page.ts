import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import { testExplorer, type TestExplorer } from "../../../explorer/test/support/test-explorer.js";

/** A page of a real explorer, and its complaints. */
export interface OpenPage {
  readonly page: Page;
  readonly explorer: TestExplorer;
  /** Errors, refusals of the content policy, and requests to elsewhere. */
  readonly complaints: readonly string[];
}

/** Starts Chromium for the tests of a file. */
export const startChromium = async (): Promise<Browser> =>
  chromium.launch(await chromiumLaunchOptions());

/** Opens a page without an address on a new explorer; both end with the test. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const explorer = await testExplorer();
  const context = await browser.newContext({
    baseURL: explorer.url,
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    const isExpected = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isExpected) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== explorer.url) complaints.push(request.url());
  });
  return { page, explorer, complaints };
}

/** Returns the violations that axe finds on a page. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
