import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { FULL } from "./matrix/storage.js";
import { allOnce, comeBack, idle, leaveOffline, record, shelf, site } from "./visit.js";

test("what waits stays there until the server can take it", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  for (const reply of [{ status: 503 }, { status: 429 }, { fault: "reset" as const }]) {
    ingest.reply(reply);
    const before = ingest.requests.length;
    const early = await comeBack(page);
    await ingest.waitFor(({ requests }) => requests.length > before);
    await idle(early);
    expect(await shelf(early)).toHaveLength(3);
    await early.close();
  }
  ingest.reply({});
  expect(ingest.metrics).toEqual([]);
  await allOnce(ingest, 99, await comeBack(page));
});

test("what the server refuses for good is not sent again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  ingest.replyNext({ status: 400 });
  const again = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length === 3);
  await idle(again);
  expect(await shelf(again)).toEqual([]);
});

test("what is sent late says when that was, and keeps its own times", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  const left = Date.now();
  await allOnce(ingest, 99, await comeBack(page));
  for (const { envelope, metrics } of ingest.requests) {
    expect(Date.parse(String(envelope?.headers["sent_at"]))).toBeGreaterThan(left);
    for (const { timestamp } of metrics) expect(timestamp * 1000).toBeLessThanOrEqual(left);
  }
});

test("a page sends only what was meant for its own destination", async ({
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
  await allOnce(sentryIngest, 99);
  expect(ingest.requests).toEqual([]);
  expect(await shelf(again)).toHaveLength(3);
  await other.close();
});

test("at most 100 pieces wait, and none that cannot be sent after its second week", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await leaveOffline(page, ingest);
  const later = await page.context().newPage();
  await later.goto(new URL("/next", page.url()).href);
  await expect.poll(() => shelf(later)).toHaveLength(3);
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
  // Another tab learns late what is in the storage.
  await expect.poll(() => shelf(full)).toHaveLength(100);
  await later.close();
  await leaveOffline(full, ingest);
  ingest.reply({ status: 503 });
  const again = await comeBack(page);
  // The full storage took in nothing, and loses the one that is tried.
  await expect.poll(() => shelf(again)).toHaveLength(99);
  await idle(again);
  expect(await shelf(again)).toHaveLength(99);
});

test("what a page gives up is reported, though a smaller piece would have filled the room", async ({
  open,
  ingest,
  silence,
}) => {
  /** Two pieces, of which the second is smaller, on a page whose storage is full. */
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
