import { expect } from "vitest";
import { test } from "../support/chromium-test.js";
import { allOnce, comeBack, leaveOffline, record, shelf, site } from "./visit.js";

test("what is under way as the page is torn down is not sent again", async ({ open, ingest }) => {
  ingest.reply({ delay: 300 });
  const page = await open(site(ingest));
  await record(page, ingest, 100);
  await ingest.waitFor(({ requests }) => requests.length > 0);
  await page.evaluate(() => (location.href = "/again"));
  await page.waitForURL("**/again");
  await allOnce(ingest, 100);
  await record(page, ingest, 0);
  // Whatever the old page did is over once the new one has been answered.
  await page.evaluate(async () => {
    Spanmeter.metrics.count("later", 1, { attributes: { i: 100 } });
    await Spanmeter.flush();
  });
  await allOnce(ingest, 101);
});

test("a page that ends while it sends what an earlier one left does not send it twice", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await record(page, ingest, 1_000);
  await page.close();
  const before = ingest.requests.length;
  // The next piece leaves the storage with the answer: without one, the page ends with one under way.
  ingest.reply({ delay: 60_000 });
  const hasty = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > before);
  await hasty.close();
  ingest.reply({});
  const again = await comeBack(page);
  await allOnce(ingest, 1_000, again);
});

test("a page that comes online again sends what waits in the storage", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  const second = await page.context().newPage();
  await second.goto(page.url());
  await leaveOffline(page, ingest);
  const other = await comeBack(page);
  await allOnce(ingest, 99, other);
  // Now that its look into the storage after `init` is over, only the event tells it to look again.
  await second.context().setOffline(true);
  await record(second, ingest, 99);
  await second.close();
  await expect.poll(() => shelf(other)).toHaveLength(3);
  await other.context().setOffline(false);
  await ingest.waitFor(({ metrics }) => metrics.length === 2 * 99);
});
