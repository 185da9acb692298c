import type { IngestServer } from "@spanmeter/testing";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import type { PageParts } from "../support/chromium-test.js";

export const scripts = [await spanmeterScript()];

/** A site of two pages: `/`, where the test calls `init`, and `/again`, which calls `init` itself. */
export function site(ingest: IngestServer, head = ""): PageParts {
  const again = `${head}<script src="/script-0.js"></script>
    <script>Spanmeter.init({ dsn: "${ingest.dsn}" })</script>`;
  return { scripts, head, resources: { "/again": `<!doctype html><head>${again}</head>` } };
}

/** A script that keeps pauses from ending by themselves. */
export const ENDLESS_PAUSES = `<script>
  Math.random = () => 0.999;
  const { setTimeout: original } = globalThis;
  setTimeout = (fn, ms) => (ms >= 500 ? 0 : original(fn, ms));
</script>`;

/** Records numbered counters and, in the same task, navigates `to` another page. */
export async function record(
  page: Page | Frame,
  ingest: IngestServer,
  count: number,
  to?: string,
  first = 0,
): Promise<void> {
  await page.evaluate(
    ([dsn, howMany, target, from]) => {
      Spanmeter.init({ dsn, flushInterval: 60_000 });
      for (let i = from; i < from + howMany; i++)
        Spanmeter.metrics.count("visit", 1, { attributes: { i, plan: "pro", section: "basket" } });
      if (target) location.href = target;
    },
    [ingest.dsn, count, to, first] as const,
  );
}

/** Records 99 metrics and closes the page offline, so that all of them are stored. */
export async function leaveOffline(page: Page, ingest: IngestServer): Promise<void> {
  const context = page.context();
  await context.setOffline(true);
  await record(page, ingest, 99);
  await page.close();
  await context.setOffline(false);
}

/** Opens the site in a new tab. */
export async function comeBack(page: Page): Promise<Page> {
  const again = await page.context().newPage();
  await again.goto(new URL("/again", page.url()).href);
  return again;
}

/** Waits until `count` metrics have arrived, and fails if one arrived twice. */
export async function expectAllOnce(
  ingest: IngestServer,
  count: number,
  page?: Page,
): Promise<void> {
  await ingest.waitFor(({ metrics }) => metrics.length >= count);
  if (page) await expectNothingStored(page);
  const arrived = ingest.metrics.map(({ attributes }) => Number(attributes["i"]));
  const numbers = new Set(arrived);
  const twice = arrived.filter((i) => !numbers.delete(i));
  expect({ arrived: arrived.length, twice }).toEqual({ arrived: count, twice: [] });
}

/** Returns the keys of the stored pieces of the page's origin. */
export const storedPieces = async (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("spanmeter ")));

/** Resolves when the page has finished sending stored pieces. */
export async function waitUntilIdle(page: Page): Promise<void> {
  const isIdle = async (): Promise<boolean> => !(await navigator.locks.query()).held?.length;
  await page.waitForFunction(isIdle, undefined, { polling: 20 });
}

/** Waits until the page has finished sending stored pieces, and fails if one is left. */
async function expectNothingStored(page: Page): Promise<void> {
  await waitUntilIdle(page);
  expect(await storedPieces(page)).toEqual([]);
}
