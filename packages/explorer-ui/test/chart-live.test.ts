import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { describeChart, pixelOf, show } from "./support/chart-driver.js";
import { dotsOf, lineChart, lineOf, START, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
afterAll(() => site.close());

test("100 000 points ten times a second leave the page its frames, in one plot", async () => {
  const model = lineChart([lineOf("acme", wave(60, 100, 1))], {
    partial: { first: true, last: true },
    dots: dotsOf(300, "acme", [0, 2], 60),
  });
  await show(page, { model });
  const { builds, plot } = await describeChart(page);
  const play = (points: number) =>
    page.evaluate(([shown, count]) => window.playLive(shown, count, 2), [model, points] as const);
  // The pointer is on the chart, so that every update writes its card again.
  await page.mouse.move(plot.left + 300, plot.top + 50);
  const few = await play(2);
  const { framesPerSecond } = await play(100_000);
  console.log(`frames a second: ${framesPerSecond}; with two points ${few.framesPerSecond}`);
  // A machine that is too slow for a chart of two points cannot reach 30.
  expect(framesPerSecond).toBeGreaterThanOrEqual(Math.min(30, few.framesPerSecond / 2));
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
