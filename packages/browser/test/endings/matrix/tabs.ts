import type { Page } from "playwright-core";
import { comeBack, record } from "../visit.js";
import { discard } from "../window.js";
import { COUNT, delayAnswers, reopen } from "./ending.js";
import type { Ending, EndingSetup } from "./ending.js";

/** Closes a page offline, so that all its metrics are stored for the next page. */
async function storeAll({ open, ingest, markEnd }: EndingSetup): Promise<Page> {
  const page = await open();
  await page.context().setOffline(true);
  await record(page, ingest, COUNT);
  await page.close();
  await page.context().setOffline(false);
  markEnd();
  return page;
}

/** Opens a page that sends stored metrics and waits for the first answer. */
async function openSending({ ingest }: EndingSetup, page: Page): Promise<Page> {
  ingest.reply({ delay: 500 });
  const begun = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > 0);
  return begun;
}

/** Several tabs of one origin. */
export const tabs: Record<string, Ending> = {
  "closes two tabs together, each with half of the metrics": {
    async run(setup) {
      const { open, ingest } = setup;
      const one = await open();
      const other = await one.context().newPage();
      await other.goto(one.url());
      delayAnswers(setup);
      const half = COUNT / 2;
      await record(one, ingest, half);
      await record(other, ingest, half, undefined, half);
      await Promise.all([one.close(), other.close()]);
      return reopen(setup, one);
    },
  },
  "opens two tabs together after a third stored all metrics": {
    async run(setup) {
      const left = await storeAll(setup);
      const [, other] = await Promise.all([comeBack(left), comeBack(left)]);
      return other;
    },
  },
  "opens two tabs after a third stored all metrics, and closes the one that sends": {
    async run(setup) {
      const left = await storeAll(setup);
      const sending = await openSending(setup, left);
      const other = await comeBack(left);
      await sending.close();
      setup.ingest.reply({});
      return other;
    },
  },
  "opens two tabs after a third stored all metrics, and the process of the one that sends is killed":
    {
      async run(setup) {
        const left = await storeAll(setup);
        const sending = await openSending(setup, left);
        const other = await comeBack(left);
        await discard(sending);
        setup.ingest.reply({});
        return other;
      },
    },
};
