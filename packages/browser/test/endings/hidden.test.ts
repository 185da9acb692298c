import { expect } from "vitest";
import { FULL, openForbidden } from "./matrix/storage.js";
import { expectAllOnce, record, site, storedPieces } from "./visit.js";
import { setWindow, test } from "./window.js";

test("2 000 metrics arrive when the page is hidden and shown again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await setWindow(page, "normal");
  await expectAllOnce(ingest, 2_000, page);
  expect(await page.evaluate(() => Spanmeter.getClient()?.stats())).toMatchObject({
    recorded: 2_000,
    delivered: 2_000,
    pending: 0,
    dropped: {},
  });
});

test("a hidden page that stored metrics sends the next ones once the server is healthy again", async ({
  open,
  ingest,
}) => {
  // The first pause after a failure is as long as possible: a second.
  const page = await open(site(ingest, "<script>Math.random = () => 0.999</script>"));
  await record(page, ingest, 0);
  // Timers with the same delay fire in order, so the page has read its storage after this one.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  ingest.reply({ status: 503 });
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    await Spanmeter.flush();
  });
  await setWindow(page, "minimized");
  await expect.poll(() => storedPieces(page)).not.toEqual([]);
  ingest.reply({});
  // Metrics recorded within 100 ms after a page was hidden count as recorded at its end.
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
  await expectAllOnce(ingest, 21, page);
});

test.for(["full", "forbidden"] as const)(
  "with a storage that is %s and no server, nothing counts as delivered",
  async (storage, { open, ingest }) => {
    const page = await open(site(ingest, storage === "full" ? FULL : ""));
    const place = storage === "full" ? page : await openForbidden(page);
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
