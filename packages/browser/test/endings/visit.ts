import type { IngestServer } from "@spanmeter/testing";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import type { PageParts } from "../support/chromium-test.js";

export const scripts = [await spanmeterScript()];

/** A site of two pages: `/`, where a test sets Spanmeter up, and `/again`, which does so by itself. */
export function site(ingest: IngestServer, head = ""): PageParts {
  const again = `${head}<script src="/script-0.js"></script>
    <script>Spanmeter.init({ dsn: "${ingest.dsn}" })</script>`;
  return { scripts, head, resources: { "/again": `<!doctype html><head>${again}</head>` } };
}

/** Records numbered counters in one task, and in the same task goes `to` another page. */
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

/** A visit whose 99 metrics all wait in the storage: it ends offline. */
export async function leaveOffline(page: Page, ingest: IngestServer): Promise<void> {
  const context = page.context();
  await context.setOffline(true);
  await record(page, ingest, 99);
  await page.close();
  await context.setOffline(false);
}

/** The visitor comes back to the site in a new tab. */
export async function comeBack(page: Page): Promise<Page> {
  const again = await page.context().newPage();
  await again.goto(new URL("/again", page.url()).href);
  return again;
}

/** Waits until all of them have arrived, and fails when one arrived twice. */
export async function allOnce(ingest: IngestServer, count: number, page?: Page): Promise<void> {
  await ingest.waitFor(({ metrics }) => metrics.length >= count);
  if (page) await shelfEmpty(page);
  const arrived = ingest.metrics.map(({ attributes }) => Number(attributes["i"]));
  const numbers = new Set(arrived);
  const twice = arrived.filter((i) => !numbers.delete(i));
  expect({ arrived: arrived.length, twice }).toEqual({ arrived: count, twice: [] });
}

/** The names of the pieces that wait in the storage of the page's origin. */
export const shelf = async (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("spanmeter ")));

/** Resolves once the page sends nothing from its storage any more. */
export async function idle(page: Page): Promise<void> {
  const isIdle = async (): Promise<boolean> => !(await navigator.locks.query()).held?.length;
  await page.waitForFunction(isIdle, undefined, { polling: 20 });
}

/** Resolves once no piece waits in the storage of the page's origin, nor is on its way from there. */
async function shelfEmpty(page: Page): Promise<void> {
  await idle(page);
  expect(await shelf(page)).toEqual([]);
}
