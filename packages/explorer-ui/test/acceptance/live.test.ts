import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { shownColumns } from "./support/chart-tables.js";
import { send } from "./support/envelopes.js";
import { startBuiltExplorer } from "./support/explorer.js";

const ORDERS = "/metrics/orders?agg=sum&interval=1m&since=5m";

const order = (url: string, value: number) =>
  send(url, "trace_metric", [
    {
      timestamp: Date.now() / 1000,
      type: "counter",
      name: "orders",
      value,
      trace_id: "a".repeat(32),
    },
  ]);

/** The sum of all buckets in the table of the chart. */
async function shownSum(page: Page): Promise<number> {
  const [column] = await shownColumns(page);
  return column!.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** Marks the document, so that a reload would be seen. */
const mark = (page: Page) => page.evaluate(() => void (document.title = "not loaded again"));

describe("a sent metric", () => {
  test("is on the chart within two seconds, without a reload", async ({ context, explorer }) => {
    await order(explorer.url, 1);
    const page = await context.newPage();
    await page.goto(explorer.url + ORDERS);
    await page.locator(".connection").getByText("live").waitFor();
    await expect.poll(() => shownSum(page)).toBe(1);
    await mark(page);
    let wanted = 1;
    const delay = async (): Promise<number> => {
      await order(explorer.url, 10);
      wanted += 10;
      const sentAt = performance.now();
      await expect.poll(() => shownSum(page), { interval: 20 }).toBe(wanted);
      return performance.now() - sentAt;
    };
    await expect.poll(delay).toBeLessThan(2_000);
    expect(await page.title()).toBe("not loaded again");
  });
});

describe("an explorer that ends and comes back", () => {
  test("is waited for, and then everything is there once", async ({ context }) => {
    const data = await mkdtemp(join(tmpdir(), "spanmeter-restart-"));
    const first = await startBuiltExplorer({ memory: false, data });
    await order(first.url, 1);
    const page = await context.newPage();
    await page.goto(first.url + ORDERS);
    const state = page.locator(".connection");
    await state.getByText("live").waitFor();
    await expect.poll(() => shownSum(page)).toBe(1);
    await mark(page);

    await first.close();
    await state.getByText("reconnecting").waitFor();
    // What was read stays.
    expect(await shownSum(page)).toBe(1);

    const second = await startBuiltExplorer({ memory: false, data, port: first.port });
    for (const value of [10, 100, 1_000]) await order(second.url, value);
    await state.getByText("live").waitFor();
    await expect.poll(() => shownSum(page)).toBe(1_111);
    await order(second.url, 10_000);
    await expect.poll(() => shownSum(page)).toBe(11_111);
    expect(await page.title()).toBe("not loaded again");
    await second.close();
    await rm(data, { recursive: true });
  });
});
