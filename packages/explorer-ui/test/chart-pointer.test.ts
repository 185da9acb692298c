import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Box } from "../src/url/box.js";
import { drag, pixelOf, show, takeCalls } from "./support/chart-driver.js";
import { heatChart, lineChart, lineOf, START, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
beforeEach(() => takeCalls(page, "all"));
afterAll(() => site.close());

const lines = [lineOf("acme", wave(60, 300, 1)), lineOf("pay", wave(60, 200, 2))];
const model = lineChart(lines);

test("charts with one key share a cursor", async () => {
  const wider = lineChart(lines, { range: { since: START - 600, until: START + 600 } });
  await show(page, { id: "one", model }, { id: "two", model: wider });
  const { x, y } = await pixelOf(page, START + 200, 300, "one");
  await page.mouse.move(x, y);
  const there = await pixelOf(page, START + 200, 300, "two");
  const line = page.locator("#two .u-cursor-x");
  await expect.poll(async () => (await line.boundingBox())?.x).toBeCloseTo(there.x, -0.5);
  expect(await page.locator(".chart-card").count()).toBe(1);
});

describe("a drag", () => {
  test("over lines is a zoom, with Shift a strip", async () => {
    await show(page, { model: lineChart(lines) });
    const from = await pixelOf(page, START + 100, 100);
    const to = await pixelOf(page, START + 300, 200);
    await drag(page, from, to);
    const [[range]] = (await takeCalls(page, "zoom")) as [[{ since: number; until: number }]];
    expect(range.since).toBeCloseTo(START + 100, 3);
    expect(range.until).toBeCloseTo(START + 300, 3);
    await page.keyboard.down("Shift");
    await drag(page, to, from);
    await page.keyboard.up("Shift");
    expect(await takeCalls(page, "box")).toEqual([[{ since: iso(100), until: iso(300) }]]);
  });

  test("over a heat map is a box of values, with Shift a strip, with Alt a zoom", async () => {
    await show(page, { model: heatChart({ dots: [] }) });
    const from = await pixelOf(page, START + 100, 20);
    const to = await pixelOf(page, START + 300, 100);
    await drag(page, from, to);
    const [[box]] = (await takeCalls(page, "box")) as [[Box]];
    expect(box).toMatchObject({ since: iso(100), until: iso(300) });
    expect(box.min).toBeCloseTo(20, 0);
    expect(box.max).toBeCloseTo(100, 0);
    await page.keyboard.down("Shift");
    await drag(page, from, to);
    await page.keyboard.up("Shift");
    expect(await takeCalls(page, "box")).toEqual([[{ since: iso(100), until: iso(300) }]]);
    await page.keyboard.down("Alt");
    await drag(page, from, to);
    await page.keyboard.up("Alt");
    expect(await takeCalls(page, "zoom")).toHaveLength(1);
  });

  test("ends without effect with Escape", async () => {
    await show(page, { model });
    const { x, y } = await pixelOf(page, START + 100, 100);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 100, y);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await page.evaluate(() => window.calls.map(([name]) => name))).not.toContain("zoom");
  });
});

test("the legend takes one line, or with Alt all but this", async () => {
  await show(page, { model });
  await page.getByRole("button", { name: /^acme/ }).click();
  await page.getByRole("button", { name: /^pay/ }).click({ modifiers: ["Alt"] });
  await page.getByRole("button", { name: "Exclude acme" }).click();
  expect(await takeCalls(page, "line")).toEqual([
    ["acme", false],
    ["pay", true],
    ["acme", true],
  ]);
});

const iso = (seconds: number) => new Date((START + seconds) * 1000).toISOString();
