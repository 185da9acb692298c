import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { allOnce, comeBack, idle, record, shelf, site } from "./visit.js";

const WEEK_MS = 7 * 24 * 3_600_000;

/** What the wall clock of the page said when a piece was stored, and says no more. */
const stamps: Record<string, (now: number) => number> = {
  "in 1970": () => 0,
  "a month ago": (now) => now - 30 * 24 * 3_600_000,
  "in ten years": (now) => now + 10 * 365 * 24 * 3_600_000,
  "at no time at all": () => NaN,
};

/** A visit that stored one piece, by the page's clock at this time. */
async function leave(page: Page, ingest: IngestServer, storedAt: number): Promise<Page> {
  const context = page.context();
  await context.setOffline(true);
  await record(page, ingest, 1);
  await page.close();
  await context.setOffline(false);
  const empty = await context.newPage();
  await empty.goto(new URL("/next", page.url()).href);
  await expect.poll(() => shelf(empty)).toHaveLength(1);
  await empty.evaluate((stamp) => {
    const [key = ""] = Object.keys(localStorage);
    const body = localStorage.getItem(key) ?? "";
    localStorage.removeItem(key);
    localStorage.setItem(key.replace(/\d{13}/, String(stamp)), body);
  }, storedAt);
  return empty;
}

/** A visit that meets a server which takes nothing now. */
async function tryInVain(page: Page, ingest: IngestServer): Promise<string[]> {
  ingest.reply({ status: 503 });
  const before = ingest.requests.length;
  const visit = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > before);
  await idle(visit);
  const left = await shelf(visit);
  await visit.close();
  return left;
}

describe.for(Object.entries(stamps))("a piece that was stored %s", ([, stampOf]) => {
  test("is sent", async ({ open, ingest }) => {
    const page = await open(site(ingest));
    await leave(page, ingest, stampOf(Date.now()));
    await allOnce(ingest, 1, await comeBack(page));
  });

  test("stays one more week where it cannot be sent, and no longer", async ({ open, ingest }) => {
    const page = await open(site(ingest));
    const empty = await leave(page, ingest, stampOf(Date.now()));
    const before = Date.now();
    const [key = ""] = await tryInVain(page, ingest);
    const renewedAt = Number(key.split(" ").at(-1));
    expect(renewedAt).toBeGreaterThanOrEqual(before);
    // It is tried as often as somebody comes, and keeps that time.
    expect(await tryInVain(page, ingest)).toEqual([key]);
    await empty.evaluate(
      ([old, weekAgo]) => {
        localStorage.setItem(old.replace(/\d+$/, weekAgo), localStorage.getItem(old) ?? "");
        localStorage.removeItem(old);
      },
      [key, String(renewedAt - WEEK_MS)] as const,
    );
    expect(await tryInVain(page, ingest)).toEqual([]);
  });
});

test("a piece younger than a week keeps the time it was stored at", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  const storedAt = Date.now() - WEEK_MS / 2;
  await leave(page, ingest, storedAt);
  const [key = ""] = await tryInVain(page, ingest);
  expect(key.split(" ").slice(2)).toEqual([String(storedAt), expect.stringMatching(/^0\.\d+$/)]);
});
