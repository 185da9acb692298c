import type { IngestServer } from "@spanmeter/testing";
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import {
  comeBack,
  ENDLESS_PAUSES,
  expectAllOnce,
  leaveOffline,
  record,
  site,
  storedPieces,
  waitUntilIdle,
} from "./visit.js";

/** Refuses every request to the server, as an ad blocker does, and lists the requests. */
async function block(context: BrowserContext, ingest: IngestServer): Promise<string[]> {
  const refused: string[] = [];
  await context.route(`${ingest.url}/**`, async (route) => {
    refused.push(route.request().resourceType());
    await route.abort("blockedbyclient");
  });
  return refused;
}

/** Counts the browser's console errors about blocked requests. */
function countErrors(page: Page): () => number {
  let errors = 0;
  page.on("console", (message) => {
    if (message.text().includes("ERR_BLOCKED_BY_CLIENT")) errors++;
  });
  return () => errors;
}

/** A script that makes the pauses between attempts as short as possible. */
const SHORTEST_PAUSES = "<script>Math.random = () => 0</script>";

test("with a blocker, each attempt is one request", async ({ open, context, ingest }) => {
  const page = await open(site(ingest, SHORTEST_PAUSES));
  const errors = countErrors(page);
  const refused = await block(context, ingest);
  await record(page, ingest, 100);
  await expect.poll(() => refused.length, { timeout: 10_000 }).toBeGreaterThan(5);
  await page.evaluate(async () => Spanmeter.close(100));
  const perAttempt = async (): Promise<number[]> => {
    const attempts = await page.evaluate(() => Spanmeter.getClient()?.stats().envelopes);
    return [refused.length, errors()].map((count) => count / Number(attempts));
  };
  await expect.poll(perAttempt).toEqual([1, 1]);
});

test("stored metrics are tried once on a page with a blocker, until it is online again", async ({
  open,
  context,
  ingest,
}) => {
  const page = await open(site(ingest));
  // Not behind the blocker: a request that is refused in the last moment of a page is lost (README, "Limits").
  await leaveOffline(page, ingest);
  const refused = await block(context, ingest);
  const again = await comeBack(page);
  await expect.poll(() => refused.length).toBe(1);
  await waitUntilIdle(again);
  await again.evaluate(() => {
    for (let i = 0; i < 20; i++) document.dispatchEvent(new Event("visibilitychange"));
  });
  await waitUntilIdle(again);
  expect(refused).toHaveLength(1);
  expect(await storedPieces(again)).toHaveLength(3);
  await context.unroute(`${ingest.url}/**`);
  // A request that the browser holds back while its interception ends may fail: then the next event sends the rest.
  const sentAfterOnline = async (): Promise<number> => {
    await again.evaluate(() => dispatchEvent(new Event("online")));
    return ingest.metrics.length;
  };
  await expect.poll(sentAfterOnline, { interval: 500 }).toBe(99);
  await expectAllOnce(ingest, 99, again);
});

test("a page that is online again sends waiting metrics immediately", async ({ open, ingest }) => {
  const page = await open(site(ingest, ENDLESS_PAUSES));
  ingest.reply({ fault: "reset" });
  await record(page, ingest, 10);
  expect(await page.evaluate(async () => Spanmeter.flush())).toBe(false);
  ingest.reply({});
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expectAllOnce(ingest, 10, page);
});
