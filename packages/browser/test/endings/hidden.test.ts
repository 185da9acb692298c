import { expect } from "vitest";
import { forbidden, FULL } from "./matrix/storage.js";
import { allOnce, record, site } from "./visit.js";
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
