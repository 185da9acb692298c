import { metricSize } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { sendAll } from "./support/envelopes.js";
import { metricItem, type Metric } from "./support/sent-metric.js";
import { settled } from "./support/settled.js";

/** The bytes of each row of a table of the screen. */
const bytesIn = (page: Page, table: string): Promise<Record<string, number>> =>
  page
    .getByRole("region", { name: table })
    .locator("tbody tr")
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.querySelector("th")!.textContent!,
          Number(row.querySelector<HTMLElement>("[data-value]")!.dataset["value"]),
        ]),
      ),
    );

const monthPrice = async (page: Page): Promise<number> =>
  Number(await page.locator(".price").first().getAttribute("data-value"));

const sizeOf = ({ name, value, attributes, weight }: Metric): number =>
  metricSize({
    name,
    value,
    attributes: { ...attributes, ...(weight !== 1 && { "sentry.client_sample_rate": 1 / weight }) },
  });

const encoder = new TextEncoder();
const utf8 = (text: string): number => encoder.encode(text).length;

describe("what metrics cost", () => {
  test("is the sum of their bytes, by metric and by attribute", async ({ context, shop }) => {
    const page = await context.newPage();
    await page.goto(`${shop.url}/cost?since=1h`);
    await settled(page);
    const byMetric: Record<string, number> = {};
    const byKey: Record<string, number> = {};
    for (const metric of shop.metrics) {
      byMetric[metric.name] = (byMetric[metric.name] ?? 0) + sizeOf(metric);
      for (const [key, value] of Object.entries(metric.attributes))
        byKey[key] = (byKey[key] ?? 0) + utf8(key) + utf8(value);
    }
    expect(await bytesIn(page, "Metric table")).toEqual(byMetric);
    expect(await bytesIn(page, "Attribute table")).toMatchObject(byKey);
  });

  test("is twice as much with twice the traffic, at the price that a person has set", async ({
    context,
    explorer,
  }) => {
    const now = Math.floor(Date.now() / 1000);
    const metrics = (from: number): Metric[] =>
      Array.from({ length: 500 }, (_, index) => ({
        name: "orders",
        type: "counter",
        value: 1,
        seconds: now - 300 + (from + index) / 10,
        weight: 1,
        traceId: "a".repeat(32),
        attributes: { basket: "x".repeat(500) },
      }));
    // An item at each end, so that both times the range is the same.
    const ends = [
      { ...metrics(0)[0]!, seconds: now - 300 },
      { ...metrics(0)[0]!, seconds: now },
    ];
    await sendAll(explorer.url, { trace_metric: [...ends, ...metrics(0)].map(metricItem) });
    const range = `since=${new Date((now - 300) * 1000).toISOString()}&until=${new Date(now * 1000).toISOString()}`;
    const page = await context.newPage();
    await page.goto(`${explorer.url}/cost?${range}`);
    await page.getByLabel("GB free a month").fill("0");
    await page.getByLabel("Dollars a GB").fill("2");
    await page.keyboard.press("Tab");
    const bytes = sizeOf(metrics(0)[0]!) * 501;
    const wanted = ((bytes / 300) * 86_400 * 30 * 2) / 1e9;
    await expect.poll(() => monthPrice(page)).toBeCloseTo(wanted, 6);

    await sendAll(explorer.url, { trace_metric: metrics(500).map(metricItem) });
    await expect.poll(() => monthPrice(page)).toBeCloseTo((wanted * 1_001) / 501, 6);
    await page.reload();
    expect(await page.getByLabel("Dollars a GB").inputValue()).toBe("2");
    await expect.poll(() => monthPrice(page)).toBeCloseTo((wanted * 1_001) / 501, 6);
  });
});
