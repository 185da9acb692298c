import { startIngest, type IngestServer } from "@spanmeter/testing";
import { brokenPromises, type SentryEnd } from "@spanmeter/testing/trials/sentry-end";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { bundle } from "../support/bundle.js";
import type { PageParts } from "../support/chromium-test.js";
import type { BehindSentry } from "../pages/behind-sentry.js";
import { comeBack, storedPieces, waitUntilIdle } from "../endings/visit.js";
import { discard, setWindow, test } from "../endings/window.js";

const COUNT = 2_000;
const script = await bundle("pages/behind-sentry.ts");

interface Ending {
  /** Called before anything is recorded. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** The page learns of this status, by its first 50 counts, before it records the rest. */
  readonly status?: number;
  /** Leaves a page on which everything has just been recorded. */
  readonly leave: (page: Page) => Promise<unknown>;
}

const goElsewhere: Ending["leave"] = (page) => page.goto(new URL("/next", page.url()).href);
const closeTab: Ending["leave"] = (page) => page.close();

const ENDINGS: Record<string, Ending> = {
  "goes to another page": { leave: goElsewhere },
  "reloads the page": { leave: (page) => page.reload() },
  "closes the tab": { leave: closeTab },
  "hides the page, whose process is killed then": {
    async leave(page) {
      await setWindow(page, "minimized");
      await discard(page);
    },
  },
  "closes the tab offline": {
    before: (page) => page.context().setOffline(true),
    leave: closeTab,
  },
  "closes the tab while the server answers 503": { status: 503, leave: closeTab },
  "closes the tab while the server limits metrics (429)": { status: 429, leave: closeTab },
};

type Open = (parts: PageParts) => Promise<Page>;

/** Records 2 000 counts with `Sentry.metrics`, leaves the page, and comes back to a healthy server. */
async function leavePage(ending: string, isBehind: boolean, open: Open): Promise<SentryEnd> {
  const { before, status, leave } = ENDINGS[ending]!;
  const ingest = await startIngest({ rules: { foreign: true } });
  onTestFinished(() => ingest.close());
  const init = `<script>start("${ingest.dsn}", ${isBehind})</script>`;
  const again = `<!doctype html><head><script src="/script-0.js"></script>${init}</head>`;
  const page = await open({ scripts: [script], resources: { "/again": again } });
  await page.evaluate(
    ([dsn, behind]) => (globalThis as unknown as BehindSentry).start(dsn, behind),
    [ingest.dsn, isBehind] as const,
  );
  await before?.(page);
  // All but the first requests still wait for an answer when the page ends.
  ingest.reply(status ? { status, headers: { "retry-after": "60" } } : { delay: 1_000 });
  if (status) await record(page, 0, 50, true);
  await record(page, status ? 50 : 0, COUNT);
  await leave(page);
  await page.context().setOffline(false);
  ingest.reply({});
  const next = await comeBack(page);
  await sendWitness(next);
  if (isBehind) await settle(ingest, next);
  ingest.assertClean();
  return account(ingest);
}

/** Records numbered counts, and waits for the answer of the server where `isFlushed`. */
const record = async (page: Page, from: number, to: number, isFlushed = false): Promise<void> =>
  page.evaluate(
    async ([first, end, flushes]) => {
      const { Sentry } = globalThis as unknown as BehindSentry;
      for (let i = first; i < end; i++)
        Sentry.metrics.count("visit", 1, { attributes: { i, plan: "pro", section: "basket" } });
      if (flushes) await Sentry.flush(30_000);
    },
    [from, to, isFlushed] as const,
  );

/** Sends a metric that arrives after everything that was in flight. */
async function sendWitness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { Sentry } = globalThis as unknown as BehindSentry;
    Sentry.metrics.count("witness");
    await Sentry.flush();
  });
}

/** Waits until the page has sent everything that an earlier one stored. */
async function settle(ingest: IngestServer, page: Page): Promise<void> {
  // The page would send stored pieces after a second; this event makes it send them immediately.
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await ingest.waitFor(() => account(ingest).arrived + account(ingest).reported >= COUNT);
  await waitUntilIdle(page);
  await expect.poll(() => storedPieces(page)).toEqual([]);
}

function account({ metrics, requests }: IngestServer): SentryEnd {
  const numbers = metrics
    .filter(({ name }) => name === "visit")
    .map(({ attributes }) => Number(attributes["i"]));
  const arrived = new Set(numbers).size;
  const reported = requests
    .flatMap(({ envelope }) => envelope?.clientReports ?? [])
    .flatMap(({ discarded }) => discarded)
    .filter(({ category }) => category === "trace_metric")
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const doubled = numbers.length - arrived;
  return { recorded: COUNT, arrived, doubled, ambiguous: 0, reported, dropped: 0 };
}

// `scripts/reliability/behind-sentry-pages.mjs` writes a table in docs/reliability.md from the results of these tests.
test.for(Object.keys(ENDINGS))("the visitor %s", async (ending, { open, task }) => {
  const plain = await leavePage(ending, false, open);
  const behind = await leavePage(ending, true, open);
  Object.assign(task.meta, { plain, behind });
  expect(brokenPromises(behind)).toEqual([]);
  expect(behind).toMatchObject({ arrived: COUNT, doubled: 0, reported: 0 });
});
