import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { shownColumns } from "./support/chart-tables.js";
import { openChart, openTestDoor } from "./support/open-chart.js";

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

const addressOf = (range: { since: number; until: number }, more: Record<string, string>): string =>
  `/metrics/payment.duration?${new URLSearchParams({
    since: iso(range.since),
    until: iso(range.until),
    agg: "p95",
    view: "line",
    interval: "30s",
    ...more,
  })}`;

/** The values of the lines of a page's first chart by name. */
async function linesOf(page: Page, isEarlier: boolean) {
  const columns = (await shownColumns(page)).filter((each) => each.isEarlier === isEarlier);
  return Object.fromEntries(
    columns.map(({ name, values }) => [name.replace(/, before$/, ""), values]),
  );
}

describe("comparing with the previous period", () => {
  test("shows what the same question about that period shows", async ({ context, shop }) => {
    const page = await context.newPage();
    const [since, until] = [shop.until - 300, shop.until];
    await page.goto(
      shop.url + addressOf({ since, until }, { by: "provider", compare: "previous" }),
    );
    const before = await linesOf(page, true);
    expect(Object.keys(before).toSorted()).toEqual(["acme", "cash", "pay", "stripe"]);
    await page.goto(shop.url + addressOf({ since: since - 300, until: since }, { by: "provider" }));
    expect(await linesOf(page, false)).toEqual(before);
  });

  test("calls a group new that was not there before", async ({ context, shop }) => {
    const page = await context.newPage();
    const range = { since: shop.until - 300, until: shop.until };
    await page.goto(shop.url + addressOf(range, { by: "sentry.release", compare: "previous" }));
    const row = page
      .getByRole("region", { name: "Groups" })
      .getByRole("row")
      .filter({ hasText: "shop@2" });
    await row.getByText("new", { exact: true }).waitFor();
    const { "shop@2": values = [] } = await linesOf(page, true);
    expect(values.every((value) => value === null)).toBe(true);
    expect(await page.locator("main").innerText()).not.toMatch(/∞|Infinity|NaN/);
  });

  test("draws it as lines of their own, with a name", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    const range = { since: shop.until - 300, until: shop.until };
    await page.goto(shop.url + addressOf(range, { by: "provider" }));
    const { data } = await openChart(page);
    expect(data).toHaveLength(1 + 4);
    expect(await page.locator(".chart-earlier").count()).toBe(0);
    await page.keyboard.press("c");
    await page.locator(".chart-earlier").getByText("before").waitFor();
    await expect.poll(async () => (await openChart(page)).data.length).toBe(1 + 4 + 4);
    await expect.poll(() => new URL(page.url()).searchParams.get("compare")).toBe("previous");
  });
});
