import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { Way } from "../pages/start-sentry.js";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import type { PageParts } from "../support/chromium-test.js";
import { comeBack, waitUntilIdle, storedPieces } from "../endings/visit.js";
import { discard, setWindow, test } from "../endings/window.js";
import { countNumbers, readReports } from "./observe.js";

const COUNT = 2_000;
const WAYS = ["integration", "transport"] as const;

/** A site of `/`, where the test starts the SDK, and `/again`, which starts it itself. */
function site(scripts: readonly string[], way: Way, ingest: IngestServer): PageParts {
  const tags = scripts.map((_, i) => `<script src="/script-${i}.js"></script>`).join("");
  const start = `<script>startSentry("${way}", { dsn: "${ingest.dsn}" })</script>`;
  return { scripts, resources: { "/again": `<!doctype html><body>${tags}${start}</body>` } };
}

/** Records numbered metrics of about 450 bytes each, and leaves the page in the same task. */
async function record(page: Page, way: Way, ingest: IngestServer, to?: string): Promise<void> {
  await page.evaluate(
    async ([chosen, dsn, count, target]) => {
      startSentry(chosen, { dsn, release: "shop@1.4.0", environment: "staging" });
      for (let i = 0; i < count; i++)
        Sentry.metrics.distribution("cart.time", i, {
          unit: "millisecond",
          attributes: { i, plan: "pro", section: "basket" },
        });
      if (target) location.href = target;
    },
    [way, ingest.dsn, COUNT, to] as const,
  );
}

const ENDINGS = {
  "a navigation in the same task": async (page: Page, way: Way, ingest: IngestServer) => {
    await record(page, way, ingest, "/next");
    await page.waitForURL("**/next");
  },
  "a navigation": async (page: Page, way: Way, ingest: IngestServer) => {
    await record(page, way, ingest);
    await page.goto(new URL("/next", page.url()).href);
  },
  "a tab that is closed": async (page: Page, way: Way, ingest: IngestServer) => {
    await record(page, way, ingest);
    await page.close();
  },
  "a page that is hidden, then killed": async (page: Page, way: Way, ingest: IngestServer) => {
    await record(page, way, ingest);
    await setWindow(page, "minimized");
    await discard(page);
    await setWindow(page.context().pages()[0] as Page, "normal");
  },
};

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  describe.for(WAYS)("by the %s", (way) => {
    test.for(Object.entries(ENDINGS))(
      "2 000 metrics arrive once, the last ones with the next page: %s",
      async ([, end], { open, sentryIngest }) => {
        // All but the first pieces still wait when the page ends.
        sentryIngest.reply({ delay: 1_000 });
        const page = await open(site(scripts, way, sentryIngest));
        const host = await page.context().newPage();
        await host.goto(new URL("/next", page.url()).href);
        await end(page, way, sentryIngest);
        await expect.poll(() => storedPieces(host)).not.toEqual([]);
        sentryIngest.reply({});
        const again = await comeBack(host);
        // The page would send stored pieces after a second; this event makes it send them immediately.
        await again.evaluate(() => dispatchEvent(new Event("online")));
        await sentryIngest.waitFor(({ metrics }) => metrics.length >= COUNT);
        await expect.poll(() => storedPieces(again)).toEqual([]);
        await waitUntilIdle(again);
        await again.evaluate(async () => Sentry.flush());
        expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: COUNT, twice: 0 });
        const { ours, sentrys } = readReports(sentryIngest);
        expect(Object.keys({ ...ours, ...sentrys }).filter((key) => /metric/.test(key))).toEqual(
          [],
        );
      },
    );
  });
});

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  /** Records one counter in each listener to the last events of a page, and one in a microtask after it. */
  async function listen(page: Page, way: Way, dsn: string): Promise<void> {
    await page.evaluate(
      ([chosen, to]) => {
        const add = (when: string): void => {
          for (const type of ["visibilitychange", "pagehide"])
            for (const [name, target] of Object.entries({ document, window }))
              for (const capture of [true, false])
                target.addEventListener(
                  type,
                  () => {
                    if (type === "visibilitychange" && document.visibilityState === "visible")
                      return;
                    const metric = [type, name, capture, when].join(".");
                    Sentry.metrics.count(metric);
                    void Promise.resolve().then(() => Sentry.metrics.count(`${metric}.microtask`));
                  },
                  capture,
                );
        };
        add("before");
        startSentry(chosen, { dsn: to });
        add("after");
      },
      [way, dsn] as const,
    );
  }

  const navigation = async (page: Page): Promise<unknown> =>
    page.goto(new URL("/next", page.url()).href);
  const hiding = async (page: Page): Promise<void> => {
    await setWindow(page, "minimized");
    await discard(page);
    await setWindow(page.context().pages()[0] as Page, "normal");
  };

  // `pagehide` is dispatched on the window only: 4 listeners; `visibilitychange` has 8.
  const ends = [
    ["a navigation", navigation, 2 * (4 + 8)],
    ["a page that is hidden, then killed", hiding, 2 * 8],
  ] as const;
  test.for(WAYS.flatMap((way) => ends.map((each) => [way, ...each] as const)))(
    "metrics recorded in the last listeners of a page arrive once (%s): %s",
    async ([way, , end, count], { open, sentryIngest }) => {
      const page = await open(site(scripts, way, sentryIngest));
      const host = await page.context().newPage();
      await host.goto(new URL("/next", page.url()).href);
      await listen(page, way, sentryIngest.dsn);
      await end(page);
      const again = await comeBack(host);
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= count);
      await again.evaluate(async () => Sentry.flush());
      const names = sentryIngest.metrics.map(({ name }) => name);
      expect({ names: names.length, distinct: new Set(names).size }).toEqual({
        names: count,
        distinct: count,
      });
    },
  );
});
