import { expect } from "vitest";
import { forbidden, FULL } from "./matrix/storage.js";
import { allOnce, record, shelf, site } from "./visit.js";
import { setWindow, test } from "./window.js";

test("2 000 metrics arrive when the page is hidden and shown again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await setWindow(page, "normal");
  await allOnce(ingest, 2_000, page);
  expect(await page.evaluate(() => Spanmeter.getClient()?.stats())).toMatchObject({
    recorded: 2_000,
    delivered: 2_000,
    pending: 0,
    dropped: {},
  });
});

test("a hidden page that had to keep metrics sends the next ones once the server is well again", async ({
  open,
  ingest,
}) => {
  // The first pause after a failure lasts as long as it may: a second.
  const page = await open(site(ingest, "<script>Math.random = () => 0.999</script>"));
  await record(page, ingest, 0);
  // Timers of one delay fire in order: the page's only look into its storage is over after this one.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  ingest.reply({ status: 503 });
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    await Spanmeter.flush();
  });
  await setWindow(page, "minimized");
  await expect.poll(() => shelf(page)).not.toEqual([]);
  ingest.reply({});
  // What is recorded right after a page was hidden still counts as a part of its end.
  const hiddenAt = await page.evaluate(() => performance.now());
  await page.waitForFunction((start) => performance.now() - start > 100, hiddenAt, {
    polling: 100,
  });
  await page.evaluate(() => {
    Spanmeter.metrics.count("visit", 1, { attributes: { i: 20 } });
    void Spanmeter.flush();
  });
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
  expect(await page.evaluate(() => document.visibilityState)).toBe("hidden");
  await setWindow(page, "normal");
  await allOnce(ingest, 21, page);
});

test.for(["full", "forbidden"] as const)(
  "where storage is %s and the server is out of reach, nothing counts as delivered",
  async (storage, { open, ingest }) => {
    const page = await open(site(ingest, storage === "full" ? FULL : ""));
    const place = storage === "full" ? page : await forbidden(page);
    await page.context().setOffline(true);
    await record(place, ingest, 99);
    await setWindow(page, "minimized");
    const stats = await place.evaluate(async () => {
      await Spanmeter.close(1_000);
      return Spanmeter.getClient()?.stats();
    });
    const announced = Object.values(stats?.dropped ?? {}).reduce((sum, n) => sum + n, 0);
    expect(stats).toMatchObject({ recorded: 99, delivered: 0, pending: 99 - announced });
  },
);
