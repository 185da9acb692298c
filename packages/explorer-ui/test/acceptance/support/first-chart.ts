import type { Page } from "playwright-core";

/** Loads a screen and returns the milliseconds until its first chart is drawn. */
export async function firstChart(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.locator(".panel[data-ready] canvas").first().waitFor();
  return page.evaluate(() => performance.now());
}
