import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { FULL } from "./matrix/storage.js";
import {
  comeBack,
  expectAllOnce,
  leaveOffline,
  record,
  site,
  storedPieces,
  waitUntilIdle,
} from "./visit.js";

test("stored metrics stay stored until the server accepts them", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  for (const reply of [{ status: 503 }, { status: 429 }, { fault: "reset" as const }]) {
    ingest.reply(reply);
    const before = ingest.requests.length;
    const early = await comeBack(page);
    await ingest.waitFor(({ requests }) => requests.length > before);
    await waitUntilIdle(early);
    // A new tab may learn late of what the one before it put back.
    await expect.poll(() => storedPieces(early)).toHaveLength(3);
    await early.close();
  }
  ingest.reply({});
  expect(ingest.metrics).toEqual([]);
  await expectAllOnce(ingest, 99, await comeBack(page));
});

test("stored metrics that the server rejects are not sent again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  ingest.replyNext({ status: 400 });
  const again = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length === 3);
  await waitUntilIdle(again);
  expect(await storedPieces(again)).toEqual([]);
});

test("stored metrics are sent with a new sent_at and their own timestamps", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  const left = Date.now();
  await expectAllOnce(ingest, 99, await comeBack(page));
  for (const { envelope, metrics } of ingest.requests) {
    expect(Date.parse(String(envelope?.headers["sent_at"]))).toBeGreaterThan(left);
    for (const { timestamp } of metrics) expect(timestamp * 1000).toBeLessThanOrEqual(left);
  }
});

test("a page sends only stored metrics for its own destination", async ({
  open,
  ingest,
  sentryIngest,
}) => {
  const page = await open(site(ingest));
  const other = await open(site(sentryIngest));
  await leaveOffline(page, ingest);
  const later = await page.context().newPage();
  await later.goto(new URL("/", page.url()).href);
  await record(later, sentryIngest, 0);
  await leaveOffline(later, sentryIngest);
  const again = await page.context().newPage();
  await again.goto(new URL("/", page.url()).href);
  await record(again, sentryIngest, 0);
  await expectAllOnce(sentryIngest, 99);
  expect(ingest.requests).toEqual([]);
  expect(await storedPieces(again)).toHaveLength(3);
  await other.close();
});

test("at most 100 pieces are stored, and none longer than two weeks", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  const later = await page.context().newPage();
  await later.goto(new URL("/next", page.url()).href);
  await expect.poll(() => storedPieces(later)).toHaveLength(3);
  await later.evaluate(() => {
    const [key = "", ...others] = Object.keys(localStorage);
    const body = localStorage.getItem(key) ?? "";
    for (const each of others) localStorage.removeItem(each);
    const [name, url, time] = key.split(" ");
    localStorage.removeItem(key);
    const weekAgo = Number(time) - 7 * 24 * 3_600_000;
    for (let i = 0; i < 100; i++)
      localStorage.setItem(`${name} ${url} ${weekAgo} ${i} ${weekAgo}`, body);
  });
  const full = await page.context().newPage();
  await full.goto(new URL("/", page.url()).href);
  // Other tabs see changes of the storage late.
  await expect.poll(() => storedPieces(full)).toHaveLength(100);
  await later.close();
  await leaveOffline(full, ingest);
  ingest.reply({ status: 503 });
  const again = await comeBack(page);
  // The full storage accepted no new piece, and the piece that is tried is removed.
  await expect.poll(() => storedPieces(again)).toHaveLength(99);
  await waitUntilIdle(again);
  expect(await storedPieces(again)).toHaveLength(99);
});

test("a piece that a page drops is reported, although a smaller piece would have fitted", async ({
  open,
  ingest,
  silence,
}) => {
  /** Ends a page with a full storage and two pieces, of which the second is smaller. */
  const visit = async (bytesOfOthers: number): Promise<void> => {
    const page = await open(site(ingest, FULL));
    await page.evaluate(
      ([url, bytes]) => {
        if (bytes) void fetch(url, { method: "POST", body: "x".repeat(bytes), keepalive: true });
      },
      [silence.url, bytesOfOthers] as const,
    );
    await record(page, ingest, 73);
    await page.close();
  };
  await visit(0);
  await ingest.waitFor(({ requests }) => requests.length === 2);
  const smaller = Math.min(...ingest.requests.map(({ rawBytes }) => rawBytes));
  await visit(64 * 1024 - smaller - 200);
  await ingest.waitFor(({ requests }) => requests.length === 3);
  expect(ingest.requests[2]?.envelope?.clientReports[0]?.discarded).toContainEqual({
    reason: "network_error",
    category: "trace_metric",
    quantity: 73,
  });
});
