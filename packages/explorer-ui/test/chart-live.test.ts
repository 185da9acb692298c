import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { mainThreadDuring } from "./acceptance/support/main-thread.js";
import { describeChart, pixelOf, show } from "./support/chart-driver.js";
import { dotsOf, lineChart, lineOf, START, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

/** Between two updates, and between two frames of a screen. */
const UPDATE_MS = 100;
const FRAME_MS = 1_000 / 60;

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
afterAll(() => site.close());

test("100 000 points ten times a second leave the page 30 frames a second, in one plot", async () => {
  const model = lineChart([lineOf("acme", wave(60, 100, 1))], {
    partial: { first: true, last: true },
    dots: dotsOf(300, "acme", [0, 2], 60),
  });
  await show(page, { model });
  const { builds, plot } = await describeChart(page);
  // The pointer is on the chart, so that every update writes its card again.
  await page.mouse.move(plot.left + 300, plot.top + 50);
  let updates = 0;
  const { totalMs } = await mainThreadDuring(page, async () => {
    updates = await page.evaluate((shown) => window.playLive(shown, 100_000, 2), model);
  });
  // In processor time, which does not depend on what else the machine does: three frames fit beside each update.
  expect(totalMs / updates).toBeLessThan(UPDATE_MS - 2 * FRAME_MS);
  const after = await describeChart(page);
  expect(after.builds).toBe(builds);
  expect(after.data[0]).toHaveLength(100_000);
});

test("an answer of the same structure keeps the plot and its pointer", async () => {
  const lines = [lineOf("acme", wave(60, 100, 1)), lineOf("pay", wave(60, 50, 2))];
  await show(page, { model: lineChart(lines) });
  const { builds, plot } = await describeChart(page);
  await page.mouse.move(plot.left + 1, plot.top + 5);
  const card = page.locator(".chart-card");
  expect(await card.innerText()).not.toContain("1 s");
  const newer = [lineOf("acme", wave(60, 100, 1).with(0, 1_000)), lines[1]!];
  await show(page, { model: lineChart(newer) });
  await expect.poll(() => card.innerText()).toMatch(/acme\s+1 s/);
  expect((await describeChart(page)).builds).toBe(builds);
  const range = { since: START + 100, until: START + 700 };
  await show(page, { model: lineChart(newer, { range }) });
  expect((await pixelOf(page, START + 100, 0)).x).toBeCloseTo(plot.left, 3);
  await show(page, { model: lineChart(newer, { draw: "bar" }) });
  expect((await describeChart(page)).builds).toBe(builds + 1);
});
