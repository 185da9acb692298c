import { describe, expect } from "vitest";
import type { Page } from "playwright-core";
import { goAndReturn } from "../support/back-and-forward.js";
import { expectAllOnce, leaveOffline, record, site, storedPieces } from "./visit.js";
import { test } from "./window.js";

/**
 * The Chromium of npm is a headless shell, which caches no page (`BackForwardCacheDisabledForDelegate`):
 * with it, `lifecycle/listeners.test.ts` compares the reasons. These tests need e.g. `CHROMIUM_PATH=/usr/bin/chromium`.
 */
const cachesPages = Boolean(process.env["CHROMIUM_PATH"]);

const stats = (page: Page): Promise<unknown> => page.evaluate(() => Spanmeter.getClient()?.stats());

describe.runIf(cachesPages)(
  "a full Chromium (CHROMIUM_PATH; a headless shell caches no page)",
  () => {
    test("does not restore a page that listens to unload", async ({ open, ingest }) => {
      const page = await open(
        site(ingest, "<script>addEventListener('unload', () => {})</script>"),
      );
      await record(page, ingest, 1);
      expect(await goAndReturn(page)).toMatchObject({ restored: false });
    });

    test("restores a page with waiting metrics, which goes on recording and sending", async ({
      open,
      ingest,
    }) => {
      const page = await open(site(ingest));
      await record(page, ingest, 50);
      const sent = () => ingest.waitFor(({ metrics }) => metrics.length === 50);
      expect(await goAndReturn(page, sent)).toEqual({ restored: true, reasons: [] });
      await page.evaluate(() => {
        // A full batch is sent by a timer.
        for (let i = 50; i < 150; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
      });
      await expectAllOnce(ingest, 150, page);
      await expect
        .poll(() => stats(page))
        .toMatchObject({ recorded: 150, delivered: 150, pending: 0, dropped: {} });
    });

    test.for(["are answered while it is away", "are answered after it is back"])(
      "restores a page whose requests in flight %s, and which sends none twice",
      async (answered, { open, ingest }) => {
        ingest.reply({ delay: 700 });
        const page = await open(site(ingest));
        await record(page, ingest, 250);
        await ingest.waitFor(({ requests }) => requests.length === 2);
        const { restored } = await goAndReturn(page, async () => {
          // The answer to this request comes after those of the other page.
          if (answered.endsWith("away")) await page.evaluate((url) => fetch(url), ingest.url);
        });
        expect(restored).toBe(true);
        await page.evaluate(() => Spanmeter.flush());
        await expectAllOnce(ingest, 250, page);
        expect(await stats(page)).toMatchObject({ recorded: 250, delivered: 250, pending: 0 });
      },
    );

    test("restores a page that was sending stored metrics", async ({ open, ingest }) => {
      const page = await openSending(await open(site(ingest)), ingest);
      expect(await goAndReturn(page)).toMatchObject({ restored: true });
      await expectAllOnce(ingest, 99, page);
    });

    test("lets the next page go on sending stored metrics", async ({ open, ingest }) => {
      const page = await openSending(await open(site(ingest)), ingest);
      const all = async () => {
        await expectAllOnce(ingest, 99);
        await expect.poll(() => storedPieces(page)).toEqual([]);
      };
      await goAndReturn(page, all, "/again");
      await expectAllOnce(ingest, 99, page);
    });
  },
);

/** Opens a page that is sending the first of three stored pieces. */
async function openSending(first: Page, ingest: Parameters<typeof record>[1]): Promise<Page> {
  const page = await first.context().newPage();
  await page.goto(first.url());
  await leaveOffline(first, ingest);
  ingest.reply({ delay: 500 });
  await record(page, ingest, 0);
  await ingest.waitFor(({ requests }) => requests.length === 1);
  return page;
}
