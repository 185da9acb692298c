import AxeSource from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { show } from "./support/chart-driver.js";
import { dotsOf, heatChart, lineChart, lineOf, wave } from "./support/chart-models.js";
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
    lineOf("acme", wave(30, 100, 1), { earlier: wave(30, 90, 2), earlierTotal: 2_000 }),
    lineOf("<img src=x onerror=alert(1)>".repeat(50), wave(30, 50, 3), { earlierTotal: null }),
    lineOf("rest", wave(30, 20, 4), { isOthers: true, label: "3 others" }),
  ],
  { earlierLabel: "before", dots: dotsOf(8, "acme", [100, 400], 5) },
);

test.for(["light", "dark"] as const)("has no faults that axe finds (%s)", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  await show(
    page,
    { id: "lines", model, hasTable: true },
    { id: "heat", model: heatChart(), hasTable: true },
  );
  await page.evaluate(AxeSource.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof AxeSource }).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const details = page.locator("#lines [aria-details]");
  expect(await details.getAttribute("aria-details")).toBe("lines-table");
});

test("fits into 320 pixels", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await show(page, { model, hasTable: true });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(320);
});
