import { describe, expect } from "vitest";
import type { Page } from "playwright-core";
import { goAndReturn } from "../support/back-and-forward.js";
import { allOnce, leaveOffline, record, shelf, site } from "./visit.js";
import { test } from "./window.js";

/**
 * The Chromium of npm is a headless shell, whose every page says `BackForwardCacheDisabledForDelegate`:
 * there `lifecycle/good-guest.test.ts` reads the reasons. This runs with e.g. `CHROMIUM_PATH=/usr/bin/chromium`.
 */
const keepsPages = Boolean(process.env["CHROMIUM_PATH"]);

const stats = (page: Page): Promise<unknown> => page.evaluate(() => Spanmeter.getClient()?.stats());

describe.runIf(keepsPages)(
  "a whole Chromium (CHROMIUM_PATH; a headless shell keeps no page)",
  () => {
    test("does not restore a page that listens to unload", async ({ open, ingest }) => {
      const page = await open(
        site(ingest, "<script>addEventListener('unload', () => {})</script>"),
      );
      await record(page, ingest, 1);
      expect(await goAndReturn(page)).toMatchObject({ restored: false });
    });

    test("restores a page that had metrics waiting, which goes on recording and sending", async ({
      open,
      ingest,
    }) => {
      const page = await open(site(ingest));
      await record(page, ingest, 50);
      const sent = () => ingest.waitFor(({ metrics }) => metrics.length === 50);
      expect(await goAndReturn(page, sent)).toEqual({ restored: true, reasons: [] });
      await page.evaluate(() => {
        // A full batch leaves by a timer of its own.
        for (let i = 50; i < 150; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
      });
      await allOnce(ingest, 150, page);
      await expect
        .poll(() => stats(page))
        .toMatchObject({ recorded: 150, delivered: 150, pending: 0, dropped: {} });
    });

    test.for(["are answered while it is away", "are answered after it is back"])(
      "restores a page whose requests under way %s, and which sends none twice",
      async (answered, { open, ingest }) => {
        ingest.reply({ delay: 700 });
        const page = await open(site(ingest));
        await record(page, ingest, 250);
        await ingest.waitFor(({ requests }) => requests.length === 2);
        const { restored } = await goAndReturn(page, async () => {
          // This request is answered later than those of the other page.
          if (answered.endsWith("away")) await page.evaluate((url) => fetch(url), ingest.url);
        });
        expect(restored).toBe(true);
        await page.evaluate(() => Spanmeter.flush());
        await allOnce(ingest, 250, page);
        expect(await stats(page)).toMatchObject({ recorded: 250, delivered: 250, pending: 0 });
      },
    );

    test("restores a page that was sending what an earlier one had left", async ({
      open,
      ingest,
    }) => {
      const page = await resending(await open(site(ingest)), ingest);
      expect(await goAndReturn(page)).toMatchObject({ restored: true });
      await allOnce(ingest, 99, page);
    });

    test("lets the next page go on with what an earlier one had left", async ({ open, ingest }) => {
      const page = await resending(await open(site(ingest)), ingest);
      const all = async () => {
        await allOnce(ingest, 99);
        await expect.poll(() => shelf(page)).toEqual([]);
      };
      await goAndReturn(page, all, "/again");
      await allOnce(ingest, 99, page);
    });
  },
);

/** A page that sends the first of three pieces that an earlier one left. */
async function resending(first: Page, ingest: Parameters<typeof record>[1]): Promise<Page> {
  const page = await first.context().newPage();
  await page.goto(first.url());
  await leaveOffline(first, ingest);
  ingest.reply({ delay: 500 });
  await record(page, ingest, 0);
  await ingest.waitFor(({ requests }) => requests.length === 1);
  return page;
}
