import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];

/** Records `count` metrics with `text` in their attributes. They wait for the flush interval. */
async function record(page: Page, dsn: string, count: number, text: string): Promise<void> {
  await page.evaluate(
    ([to, howMany, note]) => {
      Spanmeter.init({ dsn: to, flushInterval: 60_000 });
      for (let i = 0; i < howMany; i++)
        Spanmeter.metrics.count("page.end", 1, { attributes: { note, i } });
    },
    [dsn, count, text] as const,
  );
}

/** The ways in which a visitor leaves. */
const endings: Record<string, (page: Page) => Promise<unknown>> = {
  "goes to another page": (page) => page.goto(new URL("/next", page.url()).href),
  "reloads the page": (page) => page.reload(),
  "closes the tab": (page) => page.close(),
  "closes a tab with beforeunload enabled": (page) => page.close({ runBeforeUnload: true }),
};

describe.for(Object.entries(endings))("when the visitor %s", ([, leave]) => {
  test("all waiting metrics within the keepalive budget arrive", async ({ open, ingest }) => {
    const page = await open({ scripts });
    await record(page, ingest.dsn, 99, "in time");
    expect(ingest.requests).toHaveLength(0);
    await leave(page);
    await ingest.waitFor(({ metrics }) => metrics.length === 99);
  });
});

test("requests fill the keepalive budget in UTF-8 bytes without exceeding it", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  // Each character has three bytes in UTF-8. Counted in UTF-16 units, one request would seem enough.
  await record(page, ingest.dsn, 70, "漢字".repeat(60));
  await page.close();
  await ingest.waitFor(({ metrics }) => metrics.length === 70);
  const sizes = ingest.requests.map((request) => request.rawBytes);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(20_000);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(45_000);
  expect(total).toBeLessThan(60_000);
});

test("metrics in flight when the page ends arrive, and waiting ones too", async ({
  open,
  ingest,
}) => {
  ingest.reply({ delay: 300 });
  const page = await open({ scripts });
  await record(page, ingest.dsn, 130, "x");
  await ingest.waitFor(({ requests }) => requests.length > 0);
  await page.close();
  await ingest.waitFor(({ metrics }) => metrics.length === 130);
  const sizes = ingest.requests.map((request) => request.rawBytes);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
});

test("nothing is sent when a page without metrics ends", async ({ open, ingest }) => {
  const page = await open({ scripts });
  await record(page, ingest.dsn, 0, "");
  await page.close();
  const witness = await open({ scripts });
  await record(witness, ingest.dsn, 1, "witness");
  await witness.close();
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
  expect(ingest.requests).toHaveLength(1);
});

test("a client created after the page came back sends by itself", async ({ open, ingest }) => {
  const page = await open({ scripts });
  const stored = await page.evaluate(async (dsn) => {
    Spanmeter.init({ dsn });
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    await Spanmeter.close();
    // A beacon carries no headers: while the page is gone, this would be stored.
    Spanmeter.init({ dsn, transportOptions: { headers: { "x-requested-with": "shop" } } });
    Spanmeter.metrics.count("back");
    await Spanmeter.flush();
    return localStorage.length;
  }, ingest.dsn);
  expect(stored).toBe(0);
  expect(ingest.metrics).toMatchObject([{ name: "back" }]);
});

test("a browser without beacons stores waiting metrics for the next page", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  const state = await page.evaluate((dsn) => {
    Object.defineProperty(navigator, "sendBeacon", { value: undefined });
    const { metrics, stats } = Spanmeter.init({ dsn });
    metrics.count("stored");
    dispatchEvent(new PageTransitionEvent("pagehide"));
    return { pieces: localStorage.length, dropped: stats().dropped };
  }, ingest.dsn);
  expect(state).toEqual({ pieces: 1, dropped: {} });
});
