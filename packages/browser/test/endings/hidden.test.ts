import { expect } from "vitest";
import { allOnce, comeBack, record, shelfEmpty, site } from "./visit.js";
import { discard, freeze, setWindow, test } from "./window.js";

test("2 000 metrics arrive when the page is hidden and its process killed", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await discard(page);
  const again = await comeBack(page);
  await shelfEmpty(again);
  await allOnce(ingest, 2_000);
});

test("2 000 metrics arrive when the page is hidden and shown again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await setWindow(page, "normal");
  await shelfEmpty(page);
  await allOnce(ingest, 2_000);
  expect(await page.evaluate(() => Spanmeter.getClient()?.stats())).toMatchObject({
    recorded: 2_000,
    delivered: 2_000,
    pending: 0,
    dropped: {},
  });
});

test("what a hidden tab records before it is frozen and discarded arrives", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await record(page, ingest, 0);
  await setWindow(page, "minimized");
  await record(page, ingest, 99);
  await freeze(page);
  await ingest.waitFor(({ metrics }) => metrics.length === 99);
  await discard(page);
  await shelfEmpty(await comeBack(page));
  await allOnce(ingest, 99);
});
