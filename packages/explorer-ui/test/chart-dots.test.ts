import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { describeChart, show, takeCalls } from "./support/chart-driver.js";
import { dotsOf, lineChart, lineOf, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
beforeEach(() => takeCalls(page, "all"));
afterAll(() => site.close());

const lines = [
  lineOf("acme", wave(60, 300, 1), { earlier: wave(60, 200, 3), earlierTotal: 5 }),
  lineOf("pay", wave(60, 200, 2), { earlier: wave(60, 200, 4), earlierTotal: null }),
];
const dots = [...dotsOf(150, "acme", [10, 390], 60), ...dotsOf(40, "pay", [-500, 1_500], 60)];
const model = lineChart(lines, { dots, earlierLabel: "before" });

describe("dots", () => {
  test("are hit by a real pointer, 50 of them, and opened by a click", async () => {
    await show(page, { model });
    const placed = (await describeChart(page)).dots;
    expect(placed).toHaveLength(190);
    for (let number = 0; number < 50; number += 1) {
      const { id, x, y } = placed[(number * 37) % placed.length]!;
      await page.mouse.click(x, y);
      expect(await takeCalls(page, "open")).toEqual([[id]]);
    }
  });

  test("beyond the range are triangles at the edge, and opened there", async () => {
    await show(page, { model });
    const { dots: placed, plot } = await describeChart(page);
    const above = placed.find(({ edge }) => edge === "above")!;
    expect(above.y - plot.top).toBeLessThan(10);
    await page.mouse.click(above.x, above.y);
    expect(await takeCalls(page, "open")).toEqual([[above.id]]);
  });

  test("light up when they are pointed at, and when others ask for it", async () => {
    await show(page, { model });
    const [dot, other] = (await describeChart(page)).dots.slice(20, 22);
    const ring = page.locator(".chart-ring.lit");
    await page.mouse.move(dot!.x, dot!.y);
    expect(await takeCalls(page, "point")).toEqual([[dot!.id]]);
    expect(await ring.isVisible()).toBe(true);
    await page.mouse.move(5, 5);
    expect(await takeCalls(page, "point")).toEqual([[undefined]]);
    expect(await ring.isVisible()).toBe(false);
    await show(page, { model, lit: other!.id });
    await expect.poll(() => ring.isVisible()).toBe(true);
    const box = (await ring.boundingBox())!;
    expect(box.x + box.width / 2).toBeCloseTo(other!.x, 0);
    expect(box.y + box.height / 2).toBeCloseTo(other!.y, 0);
  });
});

test("the card shows all values with those before, inside of the chart", async () => {
  await show(page, { model });
  const { dots: placed, plot } = await describeChart(page);
  const dot = placed.at(-1)!;
  await page.mouse.move(dot.x, dot.y);
  const card = page.locator(".chart-card");
  const text = await card.innerText();
  expect(text).toMatch(/acme\s+\d+ ms\s+was \d+ ms/);
  expect(text).toMatch(/pay\s+\d+ ms\s+was \d+ ms/);
  expect(text).toContain("open trace");
  for (const x of [plot.left + 1, plot.left + plot.width - 1]) {
    await page.mouse.move(x, plot.top + 2);
    const [inner, outer] = [
      (await card.boundingBox())!,
      (await page.locator(".chart-surface").boundingBox())!,
    ];
    expect(inner.x).toBeGreaterThanOrEqual(outer.x);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
  }
});
