import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import type { Resource } from "../../support/site.js";
import { comeBack, record } from "../visit.js";

/** A site of `/`, `/next` and `/again`, which calls `init` itself, and the servers of one test. */
export interface EndingSetup {
  readonly ingest: IngestServer;
  /** The address of a server that never answers. */
  readonly silence: string;
  open(head?: string, resources?: Record<string, Resource>): Promise<Page>;
  /** Marks the end: requests sent from now on count as later. */
  markEnd(): void;
}

/** A way in which a page or a worker ends. */
export interface Ending {
  /** How many counters it records. Default: 2 000. */
  readonly recorded?: number;
  /** Whether metrics are lost, and whether a client report announces the loss. Default: nothing is lost. */
  readonly loses?: "announced" | "unannounced";
  /** Records, ends, and returns the page that is open afterwards. */
  run(setup: EndingSetup): Promise<Page>;
}

export const COUNT = 2_000;

/** Records, calls `end`, and opens the site again with a healthy server. */
export const endWith =
  (end: (page: Page, ingest: IngestServer) => Promise<unknown>, head = "") =>
  async (setup: EndingSetup): Promise<Page> => {
    const page = await setup.open(head);
    delayAnswers(setup);
    await record(page, setup.ingest, COUNT);
    await end(page, setup.ingest);
    return reopen(setup, page);
  };

/** Delays answers, so that all but the first pieces still wait when the page ends. */
export const delayAnswers = ({ ingest }: EndingSetup): void => ingest.reply({ delay: 1_000 });

/** Opens the site in a new tab, online and with a healthy server. */
export async function reopen({ ingest, markEnd }: EndingSetup, page: Page): Promise<Page> {
  await page.context().setOffline(false);
  ingest.reply({});
  markEnd();
  const again = await comeBack(page);
  // The page would send stored pieces after a second; this event makes it send them immediately.
  await again.evaluate(() => dispatchEvent(new Event("online")));
  return again;
}

/** Navigates to another page of the site. */
export const goElsewhere = (page: Page): Promise<unknown> =>
  page.goto(new URL("/next", page.url()).href);
