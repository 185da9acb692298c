import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { shownColumns, chartTables } from "./support/chart-tables.js";
import { openChart, openTestDoor } from "./support/open-chart.js";

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

describe("a chart", () => {
  test("has a gap where nobody has sent anything", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    await page.goto(
      `${shop.url}/metrics/queue.depth?agg=avg&interval=10s&since=${iso(shop.since)}&until=${iso(shop.until)}`,
    );
    const { data } = await openChart(page);
    const [times, values] = data;
    const silent = times!.flatMap((time, at) =>
      time! - 5 >= shop.silence.since && time! + 5 <= shop.silence.until ? [values![at]] : [],
    );
    expect(silent.length).toBeGreaterThanOrEqual(5);
    expect(silent.every((value) => value === null)).toBe(true);
    expect(values!.filter((value) => value !== null).length).toBeGreaterThan(75);
  });

  test("marks buckets that the range cuts, and draws no dip there", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    // Not at a whole minute.
    const since = Math.floor(shop.since / 60) * 60 + 300 + 47;
    await page.goto(
      `${shop.url}/metrics/checkout.started?agg=per_second&interval=1m&since=${iso(since)}&until=${iso(since + 300)}`,
    );
    const { data } = await openChart(page);
    expect([data[1]!.at(0), data[1]!.at(-1)]).toEqual([null, null]);
    const [table] = await chartTables(page);
    expect(table!.times.map((time) => time.includes("(partial)"))).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
    // Their rates are over the time that is covered.
    const [first, ...rest] = table!.columns[0]!.values as number[];
    const mean = rest.slice(0, 4).reduce((a, b) => a + b, 0) / 4;
    expect(first! / mean).toBeGreaterThan(0.5);
  });

  test("keeps the scale of rates when a person zooms in, and back undoes it", async ({
    context,
    shop,
  }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    await page.goto(
      `${shop.url}/metrics/checkout.started?agg=per_second&since=${iso(shop.since)}&until=${iso(shop.until)}`,
    );
    const whole = page.url();
    const mean = async (): Promise<number> => {
      const values = (await shownColumns(page))[0]!.values.filter(
        (value) => value !== null && value > 0,
      );
      return values.reduce<number>((sum, value) => sum + value!, 0) / values.length;
    };
    const before = await mean();
    const { plot } = await openChart(page);
    const [y, left] = [plot.top + plot.height / 2, plot.left + plot.width * 0.4];
    await page.mouse.move(left, y);
    await page.mouse.down();
    await page.mouse.move(left + plot.width * 0.1, y);
    await page.mouse.move(left + plot.width * 0.3, y);
    await page.mouse.up();
    await page.waitForURL((url) => url.href !== whole);
    const { searchParams } = new URL(page.url());
    const seconds =
      (Date.parse(searchParams.get("until")!) - Date.parse(searchParams.get("since")!)) / 1000;
    expect(seconds).toBeGreaterThan(240);
    expect(seconds).toBeLessThan(300);
    expect((await mean()) / before).toBeGreaterThan(0.8);
    expect((await mean()) / before).toBeLessThan(1.25);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(whole);
  });
});
