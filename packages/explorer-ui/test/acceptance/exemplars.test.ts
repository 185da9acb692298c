import type { Exemplars } from "../../../explorer/dist/index.js";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { openChart, openTestDoor, type OpenDot } from "./support/open-chart.js";
import { createRandom } from "./support/random.js";
import type { Shop } from "./support/shop-incident.js";

const addressOf = (shop: Shop, name: string, more = ""): string =>
  `/metrics/${name}?since=${new Date(shop.since * 1000).toISOString()}&until=${new Date(shop.until * 1000).toISOString()}&view=line${more}`;

const DOTS = 50;

/** The trace that the address of a page opens. */
const openTrace = (page: Page): string | null => new URL(page.url()).searchParams.get("trace");

/** Dots that no other one covers, in random order. */
function uncovered(dots: readonly OpenDot[]): OpenDot[] {
  const random = createRandom(6);
  const isCovered = (dot: OpenDot): boolean =>
    dots.some((each) => each !== dot && Math.hypot(each.x - dot.x, each.y - dot.y) < 2);
  return dots
    .filter((dot) => !isCovered(dot))
    .map((dot) => ({ dot, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ dot }) => dot);
}

describe("the dots of a chart", () => {
  test.for(["checkout.started", "queue.depth", "payment.duration"])(
    "of %s have the maximum of each bucket",
    async (name, { context, shop }) => {
      const page = await context.newPage();
      await openTestDoor(page);
      await page.goto(shop.url + addressOf(shop, name, "&interval=30s"));
      const { dots, plot, range } = await openChart(page);
      const metrics = shop.metrics.filter((each) => each.name === name);
      const bucketOf = (seconds: number): number => Math.floor(seconds / 30);
      const shown = new Set(dots.map(({ traceId }) => traceId));
      const missing = [...new Set(metrics.map(({ seconds }) => bucketOf(seconds)))].filter(
        (bucket) => {
          const items = metrics.filter(({ seconds }) => bucketOf(seconds) === bucket);
          const most = Math.max(...items.map(({ value }) => value));
          return !items.some(({ value, traceId }) => value === most && shown.has(traceId));
        },
      );
      expect(missing.length).toBe(0);
      // Each is within the plot; those beyond the axis are at its edge.
      for (const { x, y, value, edge } of dots) {
        expect(x).toBeGreaterThanOrEqual(plot.left);
        expect(y).toBeGreaterThanOrEqual(plot.top);
        expect(y).toBeLessThanOrEqual(plot.top + plot.height);
        expect(edge).toBe(value > range.max ? "above" : value < range.min ? "below" : undefined);
      }
    },
  );

  test("do not stretch the axis of values", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    await page.goto(shop.url + addressOf(shop, "payment.duration", "&agg=p50&interval=30s"));
    const { range, dots } = await openChart(page);
    expect(dots.some(({ edge }) => edge === "above")).toBe(true);
    await page.route("**/exemplars?*", (route) =>
      route.fulfill({ json: { exemplars: [] } satisfies Partial<Exemplars> }),
    );
    await page.reload();
    const without = await openChart(page, false);
    expect(without.dots).toEqual([]);
    expect(range).toEqual(without.range);
  });

  test("open exactly their trace by a click, 50 of them", async ({ context, shop }) => {
    const page = await context.newPage();
    await openTestDoor(page);
    // With the drawer beside it the chart is narrower: it is open from the beginning.
    const first = shop.metrics[0]!.traceId;
    await page.goto(
      shop.url + addressOf(shop, "payment.duration", `&agg=p95&interval=10s&trace=${first}`),
    );
    await page.getByRole("region", { name: "Trace", exact: true }).waitFor();
    const dots = uncovered((await openChart(page)).dots).slice(0, DOTS);
    expect(dots.length).toBe(DOTS);
    for (const { x, y, traceId } of dots) {
      await page.mouse.click(x, y);
      await expect.poll(() => openTrace(page)).toBe(traceId);
    }
  });
});
