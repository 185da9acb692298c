import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { busyness } from "./support/busyness.js";
import { sendAll } from "./support/envelopes.js";
import { largeTrace } from "./support/large-trace.js";
import { mainThreadDuring } from "./support/main-thread.js";

const SPANS = 10_000;
const METRICS = 500;
const FRAMES = 100;

const waterfall = (page: Page) => page.getByRole("treegrid");

async function paintMs(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await waterfall(page).getByRole("row").nth(5).waitFor();
  return page.evaluate(() => performance.now());
}

/** Scrolls through all rows, one step a frame. */
const scrollThrough = (page: Page): Promise<void> =>
  waterfall(page).evaluate(
    (grid, steps) =>
      new Promise<void>((resolve) => {
        let step = 0;
        const next = (): void => {
          grid.scrollTop = (grid.scrollHeight * step) / steps;
          if (step++ < steps) requestAnimationFrame(next);
          else resolve();
        };
        next();
      }),
    FRAMES,
  );

/** Reads each mark that is in the document as its value, and the name of the span around it. */
const marksInSpans = (page: Page): Promise<{ value: number; span: string }[]> =>
  waterfall(page).evaluate((grid) => {
    const rows = [...grid.querySelectorAll("[role=row][aria-level]")].toSorted(
      (a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")),
    );
    const level = (row: Element): number => Number(row.getAttribute("aria-level"));
    return rows.flatMap((row, place) => {
      const value = /(\d+) B.*step\.size/.exec(row.textContent ?? "")?.[1];
      const around = rows.slice(0, place).findLast((each) => level(each) === level(row) - 1);
      return value && around ? [{ value: Number(value), span: around.textContent ?? "" }] : [];
    });
  });

describe("a trace of 10 000 spans and 500 metrics", () => {
  test("is there within a second, scrolls at 50 frames a second, and has its metrics in their spans", async ({
    context,
    explorer,
  }) => {
    const trace = largeTrace(Math.floor(Date.now() / 1000), { spans: SPANS, metrics: METRICS });
    await sendAll(explorer.url, trace.items);
    const page = await context.newPage();
    const url = `${explorer.url}/traces/${trace.traceId}`;
    await paintMs(page, url);
    const paint = async (): Promise<number> => {
      const busy = busyness();
      return (await paintMs(page, url)) / busy;
    };
    await expect.poll(paint).toBeLessThan(1_000);
    expect(await waterfall(page).getAttribute("aria-rowcount")).toBe(String(1 + SPANS + METRICS));

    const { totalMs } = await mainThreadDuring(page, () => scrollThrough(page));
    expect(totalMs / FRAMES).toBeLessThan(1_000 / 50);
    expect(await page.locator("*").count()).toBeLessThan(3_000);
    expect(await waterfall(page).getByRole("row").count()).toBeLessThanOrEqual(200);

    const found: { value: number; span: string }[] = [];
    for (const share of [0, 0.3, 0.9]) {
      await waterfall(page).evaluate(
        (grid, at) => void (grid.scrollTop = grid.scrollHeight * at),
        share,
      );
      await expect.poll(async () => (await marksInSpans(page)).length).toBeGreaterThan(0);
      found.push(...(await marksInSpans(page)));
    }
    const wrong = found.filter(({ value, span }) => !span.includes(trace.spanOf(value).name));
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
  });

  test("leads from a metric back to its chart, at that time", async ({ context, shop }) => {
    const { traceId, seconds } = shop.metrics.findLast(({ name }) => name === "payment.duration")!;
    const page = await context.newPage();
    await page.goto(`${shop.url}/traces/${traceId}`);
    await waterfall(page).getByRole("link", { name: "payment.duration" }).click();
    await page.locator(".panel[data-ready]").waitFor();
    const { pathname, searchParams } = new URL(page.url());
    expect(pathname).toBe("/metrics/payment.duration");
    expect(searchParams.get("trace")).toBe(traceId);
    expect(Date.parse(searchParams.get("since")!) / 1000).toBeLessThan(seconds);
  });
});

describe("a span that is not there yet", () => {
  test("appears by itself when it comes", async ({ context, explorer }) => {
    const trace = largeTrace(Math.floor(Date.now() / 1000), { spans: 20, metrics: 2 });
    await sendAll(explorer.url, { trace_metric: trace.items.trace_metric! });
    const page = await context.newPage();
    await page.goto(
      `${explorer.url}/metrics/step.size?trace=${trace.traceId}&span=${trace.spanOf(1).id}`,
    );
    const drawer = page.getByRole("region", { name: "Trace", exact: true });
    await drawer
      .getByText(/waiting for/i)
      .first()
      .waitFor();
    await sendAll(explorer.url, { span: trace.items.span! });
    const row = drawer.getByRole("row", { selected: true });
    await row.getByText(trace.spanOf(1).name).waitFor();
  });
});
