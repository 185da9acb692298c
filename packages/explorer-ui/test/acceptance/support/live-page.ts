import type { Page } from "playwright-core";
import { attributes, type Json } from "./envelopes.js";

/** A metric by its number. */
export const order = (number: number): Json => ({
  timestamp: Date.now() / 1_000,
  type: "counter",
  name: `orders.${number}`,
  value: 1,
  trace_id: "a".repeat(32),
  attributes: attributes({ plan: "pro", number, route: "/checkout", region: "eu" }),
});
/** The metrics of these numbers. */
export const orders = (from: number, to: number): Json[] =>
  Array.from({ length: to - from }, (_, index) => order(from + index));

/** Opens the screen, and waits until it follows the stream. */
export async function openLive(page: Page, url: string, search = ""): Promise<void> {
  await page.goto(`${url}/live${search}`);
  await page.getByText(/Nothing (that matches )?arrives yet|^Paused$/).waitFor();
}

/** How many items the page says that it has shown, and missed. */
export async function counts(page: Page): Promise<{ shown: number; missed: number }> {
  const text = (await page.locator(".tail-status").textContent()) ?? "";
  const [shown = NaN, missed = NaN] = (text.match(/([\d,]+) shown, ([\d,]+) missed/) ?? [])
    .slice(1)
    .map((each) => Number(each.replaceAll(",", "")));
  return { shown, missed };
}

/** The names of the rows that can be seen, from the top. */
export const names = (page: Page): Promise<string[]> =>
  page
    .locator(".tail-row:not(.head)")
    .evaluateAll((rows) => rows.map((row) => row.children[2]?.textContent ?? ""));

/** The memory of the page after the collection of garbage, in bytes. */
export async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Tells a page that its tab is hidden or seen: a headless browser shows every tab. */
export const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
