import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { describeChart, show, takeCalls } from "./support/chart-driver.js";
import { dotsOf, heatChart, lineChart, lineOf, START } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
afterAll(() => site.close());

const model = lineChart(
  [
    lineOf("acme", [100, 200, 300, 400, null], { earlier: [1, 2, 3, 4, 5] }),
    lineOf("pay", [10, 20, 30, 40, 50]),
  ],
  { earlierLabel: "before", dots: dotsOf(8, "acme", [100, 400], 5) },
);
const said = () => page.locator("#chart-value").innerText();
const box = (from: number, to: number) => ({
  since: new Date((START + from) * 1000).toISOString(),
  until: new Date((START + to) * 1000).toISOString(),
});

beforeEach(async () => {
  await show(page, { model });
  await page.locator(".chart-surface").focus();
  await page.keyboard.press("Escape");
  await takeCalls(page, "all");
});

test("arrow keys walk through buckets and lines, and values are announced", async () => {
  await page.keyboard.press("Home");
  await expect.poll(said).toMatch(/20:00:00: acme 100 ms, before 1 ms/);
  await page.keyboard.press("ArrowRight");
  await expect.poll(said).toMatch(/20:00:10: acme 200 ms, before 2 ms/);
  await page.keyboard.press("ArrowDown");
  await expect.poll(said).toMatch(/20:00:10: pay 20 ms/);
  await page.keyboard.press("End");
  await expect.poll(said).toMatch(/20:00:40: pay 50 ms/);
  await page.keyboard.press("ArrowUp");
  await expect.poll(said).toMatch(/20:00:40: acme no value, before 5 ms/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(said).toMatch(/20:00:30: acme 400 ms/);
  expect(await page.locator(".chart-card").innerText()).toContain("20:00:30");
});

test("of many steps that follow quickly only the last is announced", async () => {
  await page.evaluate(() => {
    const region = document.querySelector("#chart-value")!;
    const texts: string[] = [];
    new MutationObserver(() => texts.push(region.textContent)).observe(region, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(globalThis, { texts });
    const surface = document.querySelector(".chart-surface")!;
    for (const key of ["Home", "ArrowRight", "ArrowRight"]) {
      surface.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
  });
  const texts = () => page.evaluate(() => (globalThis as unknown as { texts: string[] }).texts);
  await expect.poll(texts).toHaveLength(1);
  expect((await texts())[0]).toContain("20:00:20");
});

test("Enter opens the nearest sample", async () => {
  const { dots, plot } = await describeChart(page);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const [[opened]] = (await takeCalls(page, "open")) as [[string]];
  const distance = ({ x }: { x: number }) => Math.abs(x - plot.left - plot.width / 10);
  const nearest = dots.toSorted((one, other) => distance(one) - distance(other)).slice(0, 3);
  expect(nearest.map(({ id }) => id)).toContain(opened);
});

test("Shift with arrow keys marks a strip, and Escape clears it", async () => {
  await page.keyboard.press("Home");
  await page.keyboard.down("Shift");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(said).toMatch(/Marked from .*20:00:00 to .*20:00:30/);
  expect(await takeCalls(page, "box")).toEqual([]);
  await page.keyboard.up("Shift");
  expect(await takeCalls(page, "box")).toEqual([[box(0, 30)]]);
  await show(page, { model: { ...model, box: box(0, 30) } });
  await page.keyboard.press("Escape");
  expect(await takeCalls(page, "box")).toEqual([[undefined]]);
});

test("a heat map is walked by its rows", async () => {
  await show(page, { model: heatChart() });
  await page.locator(".chart-surface").focus();
  await page.keyboard.press("Home");
  await expect.poll(said).toMatch(/20:00:00: .+ to .+ items/);
  const first = await said();
  await page.keyboard.press("ArrowDown");
  await expect.poll(said).not.toBe(first);
});
