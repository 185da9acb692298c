import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { comeBack, expectAllOnce, record, site, storedPieces, waitUntilIdle } from "./visit.js";

const WEEK_MS = 7 * 24 * 3_600_000;

/** Wrong wall clock times at which a piece was stored. */
const stamps: Record<string, (now: number) => number> = {
  "in 1970": () => 0,
  "a month ago": (now) => now - 30 * 24 * 3_600_000,
  "in ten years": (now) => now + 10 * 365 * 24 * 3_600_000,
  "at an invalid time": () => NaN,
};

/** Stores one piece and changes its time to `storedAt`. */
async function storeOne(page: Page, ingest: IngestServer, storedAt: number): Promise<Page> {
  const context = page.context();
  await context.setOffline(true);
  await record(page, ingest, 1);
  await page.close();
  await context.setOffline(false);
  const empty = await context.newPage();
  await empty.goto(new URL("/next", page.url()).href);
  await expect.poll(() => storedPieces(empty)).toHaveLength(1);
  await empty.evaluate((stamp) => {
    const [key = ""] = Object.keys(localStorage);
    const body = localStorage.getItem(key) ?? "";
    localStorage.removeItem(key);
    localStorage.setItem(key.replace(/\d{13}/, String(stamp)), body);
  }, storedAt);
  return empty;
}

/** Opens the site while the server answers with a 503, and returns the stored pieces. */
async function visitUnavailable(page: Page, ingest: IngestServer): Promise<string[]> {
  ingest.reply({ status: 503 });
  const before = ingest.requests.length;
  const visit = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > before);
  await waitUntilIdle(visit);
  const left = await storedPieces(visit);
  await visit.close();
  return left;
}

describe.for(Object.entries(stamps))("a piece that was stored %s", ([, stampOf]) => {
  test("is sent", async ({ open, ingest }) => {
    const page = await open(site(ingest));
    await storeOne(page, ingest, stampOf(Date.now()));
    await expectAllOnce(ingest, 1, await comeBack(page));
  });

  test("stays stored for one more week if it cannot be sent", async ({ open, ingest }) => {
    const page = await open(site(ingest));
    const empty = await storeOne(page, ingest, stampOf(Date.now()));
    const before = Date.now();
    const [key = ""] = await visitUnavailable(page, ingest);
    const renewedAt = Number(key.split(" ").at(-1));
    expect(renewedAt).toBeGreaterThanOrEqual(before);
    // Each visit tries it again and does not change its time.
    expect(await visitUnavailable(page, ingest)).toEqual([key]);
    await empty.evaluate(
      ([old, weekAgo]) => {
        localStorage.setItem(old.replace(/\d+$/, weekAgo), localStorage.getItem(old) ?? "");
        localStorage.removeItem(old);
      },
      [key, String(renewedAt - WEEK_MS)] as const,
    );
    expect(await visitUnavailable(page, ingest)).toEqual([]);
  });
});

test("a piece younger than a week keeps the time it was stored at", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  const storedAt = Date.now() - WEEK_MS / 2;
  await storeOne(page, ingest, storedAt);
  const [key = ""] = await visitUnavailable(page, ingest);
  expect(key.split(" ").slice(2)).toEqual([String(storedAt), expect.stringMatching(/^0\.\d+$/)]);
});
