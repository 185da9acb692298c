import type { Page } from "playwright-core";
import { ENDLESS_PAUSES, record } from "../visit.js";
import { discard } from "../window.js";
import { COUNT, reopen } from "./ending.js";
import type { Ending, EndingSetup } from "./ending.js";

/**
 * So many metrics are one envelope. `flush` then resolves when nothing is in flight: a request that is refused in a
 * page's last moment is lost (README, "Limits").
 */
const ONE_ENVELOPE = 30;

/** Closes a page after the server has answered with this status and Retry-After. */
const refused = (status: number) => async (setup: EndingSetup) => {
  const { ingest } = setup;
  const page = await setup.open();
  ingest.reply({ status, headers: { "retry-after": "60" } });
  await record(page, ingest, ONE_ENVELOPE);
  await flushAndRecord(page, ONE_ENVELOPE);
  await page.close();
  return reopen(setup, page);
};

/** Flushes, and records further counters, from number `first`, before the page does anything else. */
async function flushAndRecord(page: Page, first: number): Promise<void> {
  await page.evaluate(
    async ([from, to]) => {
      await Spanmeter.flush();
      for (let i = from; i < to; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    },
    [first, COUNT] as const,
  );
}

/** Pages that end while the network or the server fails. */
export const network: Record<string, Ending> = {
  "closes the tab offline": {
    async run(setup) {
      const page = await setup.open();
      await page.context().setOffline(true);
      await record(page, setup.ingest, COUNT);
      await page.close();
      return reopen(setup, page);
    },
  },
  "is offline for a while, and stays on the page": {
    async run({ open, ingest, markEnd }) {
      const page = await open();
      await page.context().setOffline(true);
      await record(page, ingest, 50);
      await flushAndRecord(page, 50);
      markEnd();
      await page.context().setOffline(false);
      return page;
    },
  },
  "closes the tab while the server answers 503": { run: refused(503) },
  "closes the tab while the server limits metrics (429)": { run: refused(429) },
  "closes the tab while another script fills the keepalive budget": {
    recorded: 99,
    async run(setup) {
      const { open, ingest, silence } = setup;
      const page = await open();
      await page.evaluate((url) => {
        void fetch(url, { method: "POST", body: "x".repeat(65_000), keepalive: true });
      }, silence);
      await record(page, ingest, 99);
      await page.close();
      return reopen(setup, page);
    },
  },
  "blocked by client: closes the tab, and comes back without the blocker": {
    async run(setup) {
      const page = await setup.open(ENDLESS_PAUSES);
      // On this page only: a request that is held back while an interception ends may fail.
      await page.route(`${setup.ingest.url}/**`, async (route) => route.abort("blockedbyclient"));
      await record(page, setup.ingest, ONE_ENVELOPE);
      await flushAndRecord(page, ONE_ENVELOPE);
      await page.close();
      return reopen(setup, page);
    },
  },
  "is offline as the process of the page is killed": {
    async run(setup) {
      const page = await setup.open();
      await page.context().setOffline(true);
      await record(page, setup.ingest, COUNT);
      await page.evaluate(() => Spanmeter.flush());
      await discard(page);
      await page.close();
      return reopen(setup, page);
    },
  },
};
