import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { comeBack, expectAllOnce, leaveOffline, record, site, storedPieces } from "./visit.js";

test("metrics in flight when a page is unloaded are not sent again", async ({ open, ingest }) => {
  ingest.reply({ delay: 300 });
  const page = await open(site(ingest));
  await record(page, ingest, 100);
  await ingest.waitFor(({ requests }) => requests.length > 0);
  await page.evaluate(() => (location.href = "/again"));
  await page.waitForURL("**/again");
  await expectAllOnce(ingest, 100);
  await record(page, ingest, 0);
  // The old page has finished once the new one has its answer.
  await page.evaluate(async () => {
    Spanmeter.metrics.count("later", 1, { attributes: { i: 100 } });
    await Spanmeter.flush();
  });
  await expectAllOnce(ingest, 101);
});

test("a page that ends while it sends stored metrics does not send them twice", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await record(page, ingest, 1_000);
  await page.close();
  const before = ingest.requests.length;
  // The next piece is sent after the answer. Without an answer, the page ends with one piece in flight.
  ingest.reply({ delay: 60_000 });
  const hasty = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > before);
  await hasty.close();
  ingest.reply({});
  const again = await comeBack(page);
  await expectAllOnce(ingest, 1_000, again);
});

test("a page that is online again sends stored metrics", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  const second = await page.context().newPage();
  await second.goto(page.url());
  await leaveOffline(page, ingest);
  const other = await comeBack(page);
  await expectAllOnce(ingest, 99, other);
  // It has read the storage after `init`, so only the event makes it read the storage again.
  await second.context().setOffline(true);
  await record(second, ingest, 99);
  await second.close();
  await expect.poll(() => storedPieces(other)).toHaveLength(3);
  await other.context().setOffline(false);
  await ingest.waitFor(({ metrics }) => metrics.length === 2 * 99);
});
