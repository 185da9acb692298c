import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { shownColumns } from "./support/chart-tables.js";
import { BROWSER_SENDER, NODE_SENDERS, runBrowserShop, runNodeShop } from "./support/run-shop.js";

/** The sum of everything in the table of a chart. */
const shownSum = async (page: Page): Promise<number> =>
  (await shownColumns(page))
    .flatMap(({ values }) => values)
    .reduce<number>((a, b) => a + (b ?? 0), 0);

describe("telemetry of real SDKs", () => {
  test("is on the page: each metric as a chart, and its trace beside it", async ({
    context,
    explorer,
  }) => {
    const dsn = `http://public@127.0.0.1:${explorer.port}/1`;
    await Promise.all([
      ...NODE_SENDERS.map((sender) => runNodeShop(sender, dsn)),
      runBrowserShop(context, dsn),
    ]);
    const page = await context.newPage();
    for (const sender of [...NODE_SENDERS, BROWSER_SENDER]) {
      // Sentry stores names without hyphens.
      const metric = (name: string): string => `/metrics/${sender.replace("-", "_")}.${name}`;
      await page.goto(`${explorer.url}${metric("checkout")}?agg=sum&interval=5m`);
      expect(await shownSum(page)).toBe(1 + 2 + 3 + 4 + 5);
      await page.goto(`${explorer.url}${metric("queue")}?agg=max&by=provider&interval=1h`);
      expect((await shownColumns(page)).map(({ name }) => name)).toEqual(["acme", "pay"]);
      await page.goto(`${explorer.url}${metric("payment")}?agg=sum&view=line&interval=5m`);
      expect(await shownSum(page)).toBe(100 * (1 + 2 + 3 + 4 + 5));

      await page.goto(`${explorer.url}${metric("payment")}?agg=max&view=line`);
      await page.locator(".panel[data-ready]").waitFor();
      const drawer = page.getByRole("region", { name: "Trace", exact: true });
      // The greatest of them, as soon as there are any.
      await expect
        .poll(async () => {
          await page.keyboard.press("n");
          return drawer.count();
        })
        .toBe(1);
      await drawer.getByRole("row", { selected: true }).getByText("500 ms").waitFor();
      // Logs and errors come in envelopes of their own, which may arrive later.
      if (sender !== BROWSER_SENDER)
        for (const text of ["slow query", "payment declined"])
          await drawer.getByRole("row").filter({ hasText: text }).first().waitFor();
      const rows = await drawer.getByRole("row").allInnerTexts();
      const place = (text: string): number => rows.findIndex((row) => row.includes(text));
      expect(place("SELECT * FROM payments")).toBeGreaterThan(0);
      expect(place("500 ms")).toBeGreaterThan(place("SELECT * FROM payments"));
      if (sender === BROWSER_SENDER) continue;
      expect(place("slow query")).toBeGreaterThan(place("SELECT * FROM payments"));
      expect(place("payment declined")).toBeGreaterThan(place("SELECT * FROM payments"));
    }
  });
});
