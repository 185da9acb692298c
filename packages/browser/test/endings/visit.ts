import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import type { PageParts } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];

/** A site of two pages: `/` where a test sets Spanmeter up, and `/again`, which does so by itself. */
export function site(ingest: IngestServer, parts: PageParts = {}): PageParts {
  const init = `Spanmeter.init({ dsn: "${ingest.dsn}" })`;
  const again = `<!doctype html><script src="/script-0.js"></script><script>${init}</script>`;
  return { scripts, ...parts, resources: { "/again": again, ...parts.resources } };
}

/** Records counters numbered from 0, in one task, and leaves them waiting. */
export async function record(page: Page, ingest: IngestServer, count: number): Promise<void> {
  await page.evaluate(
    ([dsn, howMany]) => {
      Spanmeter.init({ dsn, flushInterval: 60_000 });
      for (let i = 0; i < howMany; i++)
        Spanmeter.metrics.count("visit", 1, { attributes: { i, plan: "pro", section: "basket" } });
    },
    [ingest.dsn, count] as const,
  );
}

/** The same, and the visitor leaves in that very task, before anything could be sent. */
export async function recordAndLeave(
  page: Page,
  ingest: IngestServer,
  count: number,
  to: string,
): Promise<void> {
  await page.evaluate(
    ([dsn, howMany, target]) => {
      Spanmeter.init({ dsn });
      for (let i = 0; i < howMany; i++)
        Spanmeter.metrics.count("visit", 1, { attributes: { i, plan: "pro", section: "basket" } });
      location.href = target;
    },
    [ingest.dsn, count, to] as const,
  );
}

/** Waits until all of them have arrived, and fails when one arrived twice. */
export async function allOnce(ingest: IngestServer, count: number): Promise<void> {
  await ingest.waitFor(({ metrics }) => metrics.length >= count, 10_000);
  const seen = new Set<number>();
  const twice = numbers(ingest).filter((i) => seen.size === seen.add(i).size);
  expect({ arrived: seen.size, twice }).toEqual({ arrived: count, twice: [] });
}

/** Which of them have arrived, each as often as it did. */
export const numbers = (ingest: IngestServer): number[] =>
  ingest.metrics.map(({ attributes }) => Number(attributes.i)).sort((a, b) => a - b);

/** How many pieces wait in the storage of the page's origin. */
export const shelved = async (page: Page): Promise<number> =>
  page.evaluate(
    () => Object.keys(localStorage).filter((key) => key.startsWith("spanmeter ")).length,
  );
