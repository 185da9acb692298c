import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { countInk, describeChart, pixelOf, show } from "./support/chart-driver.js";
import { dotsOf, INTERVAL, lineChart, lineOf, START, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
afterAll(() => site.close());

const middleOf = (bucket: number) => START + (bucket + 0.5) * INTERVAL;
const tokenOf = async (key: string) => (await describeChart(page)).colours[key]!.token;

describe("lines", () => {
  test("are interrupted where there are no values", async () => {
    const values = wave(60, 100, 1).map((value, at) => (at > 20 && at < 30 ? null : value));
    await show(page, { model: lineChart([lineOf("acme", values)]) });
    const token = await tokenOf("acme");
    expect(await countInk(page, middleOf(10), token)).toBeGreaterThan(0);
    expect(await countInk(page, middleOf(25), token)).toBe(0);
  });

  test("leave out partial buckets, and show their values apart from the line", async () => {
    const values = [30, ...wave(58, 100, 1), 20];
    const partial = { first: true, last: true };
    const range = { since: START + 2, until: START + 60 * INTERVAL - 2 };
    await show(page, { model: lineChart([lineOf("acme", values)], { partial, range }) });
    const { data } = await describeChart(page);
    expect(data[1]!.at(0)).toBeNull();
    expect(data[1]!.at(-1)).toBeNull();
    expect(data[1]!.slice(1, -1)).toEqual(values.slice(1, -1));
    expect(await countInk(page, START + 590.8, await tokenOf("acme"))).toBeGreaterThan(0);
    // The hatching crosses every column of a partial bucket many times.
    expect(await countInk(page, START + 592, undefined)).toBeGreaterThan(20);
    expect(await countInk(page, START + 582, undefined)).toBeLessThan(20);
    // Between the last whole bucket and the partial one nothing goes down.
    expect(await countInk(page, START + 59 * INTERVAL - 2, await tokenOf("acme"))).toBe(0);
  });

  test("have a range of values that dots do not change", async () => {
    const lines = [lineOf("acme", wave(60, 100, 1))];
    await show(page, { model: lineChart(lines) });
    const { range } = await describeChart(page);
    await show(page, { model: lineChart(lines, { dots: dotsOf(20, "acme", [-1e6, 1e6], 60) }) });
    const described = await describeChart(page);
    expect(described.range).toEqual(range);
    expect(new Set(described.dots.map(({ edge }) => edge))).toEqual(new Set(["above", "below"]));
  });

  test("have powers of ten on a logarithmic axis, where zero is a gap", async () => {
    const values = [1, 10, 0, 1_000, 100];
    await show(page, { model: lineChart([lineOf("a", values)], { isLogarithmic: true }) });
    const { data, range } = await describeChart(page);
    expect(data[1]).toEqual([1, 10, null, 1_000, 100]);
    expect(range).toEqual({ min: 1, max: 1_000 });
    const heights = await Promise.all([1, 10, 100].map((value) => pixelOf(page, START, value)));
    const [low, middle, high] = heights.map(({ y }) => y);
    expect(low! - middle!).toBeCloseTo(middle! - high!, 0);
  });
});

test.for(["area", "bar"] as const)(
  "stacks (%s) begin at 0 and add up, others last",
  async (draw) => {
    // Far from zero, so that an axis of its own choice would not begin there.
    const steady = (height: number) => wave(30, 1, height).map((value) => height + value);
    const others = lineOf("rest", steady(50), { isOthers: true });
    const [one, other] = [lineOf("a", steady(1_000)), lineOf("b", steady(200))];
    const earlier = lineOf("c", steady(70), { earlier: steady(1_360) });
    const lines = [others, one, other, earlier];
    await show(page, { model: lineChart(lines, { draw, earlierLabel: "before" }) });
    const { data, range } = await describeChart(page);
    const sum = one.values.map((_, at) =>
      lines.reduce((total, { values }) => total + (values[at] ?? 0), 0),
    );
    expect(range.min).toBe(0);
    expect(range.max).toBeGreaterThan(Math.max(...sum));
    // The first column after the times is the top of the stack, the last line its bottom.
    data[1]!.forEach((height, at) => expect(height).toBeCloseTo(sum[at]!, 9));
    expect(data[4]).toEqual(one.values);
    expect(data[5]).toEqual(earlier.earlier);
  },
);

test("colours belong to values: filtering lines away changes none", async () => {
  const keys = Array.from({ length: 9 }, (_, place) => `provider-${place}`);
  const lines = keys.map((key, place) => lineOf(key, wave(20, 100, place)));
  await show(page, { model: lineChart(lines) });
  const { colours } = await describeChart(page);
  const drawn = Object.values(colours).map(({ token, dash }) => `${token} ${dash.join()}`);
  expect(new Set(drawn).size).toBe(9);
  expect(new Set(Object.values(colours).map(({ token }) => token)).size).toBe(6);
  for (const kept of [[2, 5, 8], [8], [5, 0, 1, 2]]) {
    await show(page, { model: lineChart(kept.map((place) => lines[place]!)) });
    const filtered = (await describeChart(page)).colours;
    for (const place of kept) expect(filtered[keys[place]!]).toEqual(colours[keys[place]!]);
  }
});

test("a change of the theme draws the chart again in its colours", async () => {
  await show(page, { model: lineChart([lineOf("acme", wave(60, 100, 1))]) });
  const token = await tokenOf("acme");
  for (const colorScheme of ["dark", "light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => countInk(page, middleOf(30), token)).toBeGreaterThan(0);
  }
  await page.emulateMedia({ forcedColors: "active" });
  await expect.poll(() => countInk(page, middleOf(30), token)).toBeGreaterThan(0);
  await page.emulateMedia({ forcedColors: "none" });
});

test("a PNG has the chart with its caption and legend", async () => {
  await show(page, { model: lineChart([lineOf("acme", wave(60, 100, 1))]) });
  const bytes = Buffer.from(await page.evaluate(() => window.pngOf("chart")));
  const canvas = await page.locator("#chart canvas").boundingBox();
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(canvas!.width);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(canvas!.height + 50);
  await expect(page.evaluate(() => window.pngOf("none"))).rejects.toThrow('no chart "none"');
});
