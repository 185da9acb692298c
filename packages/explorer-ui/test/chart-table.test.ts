import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { show } from "./support/chart-driver.js";
import { heatChart, INTERVAL, lineChart, lineOf, START, wave } from "./support/chart-models.js";
import { startChartSite, type ChartSite } from "./support/chart-site.js";

let site: ChartSite;
let page: Page;
beforeAll(async () => {
  site = await startChartSite();
  page = await site.open({ viewport: { width: 1000, height: 700 } });
});
afterAll(() => site.close());

/** Reads all pages of the table, and returns the rows from the oldest. */
async function readTable() {
  const rows: { time: number; cells: { line: string; isEarlier: boolean; value: string }[] }[] = [];
  for (;;) {
    rows.push(
      ...(await page.locator(".chart-table tbody tr").evaluateAll((elements) =>
        elements.map((row) => ({
          time: Number((row as HTMLElement).dataset["time"]),
          cells: [...row.querySelectorAll("td")].map(({ dataset }) => ({
            line: dataset["line"] ?? "",
            isEarlier: dataset["earlier"] !== undefined,
            value: dataset["value"] ?? "",
          })),
        })),
      )),
    );
    const older = page.getByRole("button", { name: "Older" });
    if (!(await older.isVisible()) || (await older.isDisabled())) return rows.toReversed();
    await older.click();
  }
}

test("the table has the exact numbers of a chart, 25 buckets a page", async () => {
  const hostile = "<img src=x onerror=alert(1)>\u202Eabc";
  const lines = [
    lineOf("acme", [null, ...wave(59, 1 / 3, 1)], { earlier: wave(60, 1 / 7, 2) }),
    lineOf(hostile, wave(60, 1e15 / 3, 3)),
  ];
  await show(page, { model: lineChart(lines, { earlierLabel: "before" }), hasTable: true });
  expect(await page.locator(".chart-table tbody tr").count()).toBe(25);
  expect(await page.locator(".chart-table thead").innerText()).toContain(hostile);
  const expected = Array.from({ length: 60 }, (_, bucket) => ({
    time: START + bucket * INTERVAL,
    cells: [
      { line: "acme", isEarlier: false, value: String(lines[0]!.values[bucket] ?? "") },
      { line: "acme", isEarlier: true, value: String(lines[0]!.earlier![bucket]) },
      { line: hostile, isEarlier: false, value: String(lines[1]!.values[bucket]) },
    ],
  }));
  expect(await readTable()).toEqual(expected);
});

test("the table of a heat map has the counts of its cells", async () => {
  const model = heatChart();
  await show(page, { id: "heat", model, hasTable: true });
  const counts = (await readTable()).flatMap(({ cells }, bucket) =>
    cells.flatMap(({ line, value }) =>
      value === "0" ? [] : [[bucket, Number(line), Number(value)]],
    ),
  );
  expect(counts).toEqual(model.cells.map(({ bucket, row, count }) => [bucket, row, count]));
});
