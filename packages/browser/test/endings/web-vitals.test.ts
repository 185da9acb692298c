import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type * as webVitalsModule from "web-vitals";
import { bundle } from "../support/bundle.js";
import { goElsewhere } from "./matrix/ending.js";
import { comeBack, scripts, site } from "./visit.js";
import { discard, setWindow, test } from "./window.js";

declare const webVitals: typeof webVitalsModule;

const library = await bundle("pages/web-vitals.ts");
/** Removes requestIdleCallback, which Safari lacks. A headless shell rarely is idle. */
const withoutIdle = "<script>delete globalThis.requestIdleCallback</script>";

const order = {
  "init() before the library": (page: Page, ingest: IngestServer) => start(page, ingest, true),
  "init() after the library": (page: Page, ingest: IngestServer) => start(page, ingest, false),
};

async function start(page: Page, ingest: IngestServer, isFirst: boolean): Promise<void> {
  await page.evaluate(
    ([dsn, initFirst]) => {
      const init = () => Spanmeter.init({ dsn, flushInterval: 60_000 });
      if (initFirst) init();
      const report = ({ name, value }: { name: string; value: number }): void =>
        Spanmeter.metrics.distribution(`web_vitals.${name}`, value);
      webVitals.onCLS(report);
      webVitals.onINP(report);
      webVitals.onLCP(report);
      if (!initFirst) init();
    },
    [ingest.dsn, isFirst] as const,
  );
}

/** Causes a paint, a layout shift and a slow click. */
async function use(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const painted = () =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const button = document.createElement("button");
    button.textContent = "Buy everything in this shop";
    button.style.fontSize = "48px";
    document.body.append(button);
    await painted();
    // Moves the button without user input.
    const banner = document.createElement("p");
    banner.style.height = "300px";
    document.body.prepend(banner);
    await painted();
    button.addEventListener("click", () => {
      for (const end = performance.now() + 60; performance.now() < end;);
    });
  });
  // The library reads these entries in the page's last event, so wait until the browser has them.
  const observed = page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = new Set<string>();
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            // Mouse moves are events, but not interactions.
            if ((entry as PerformanceEventTiming).interactionId !== 0) seen.add(entry.entryType);
          // The library reads interactions in a later task.
          if (seen.size === 3) setTimeout(resolve);
        });
        observer.observe({ type: "layout-shift", buffered: true });
        observer.observe({ type: "largest-contentful-paint", buffered: true });
        observer.observe({ type: "event", buffered: true, durationThreshold: 40 } as never);
      }),
  );
  await page.click("button");
  await observed;
}

const endings: Record<string, (page: Page) => Promise<unknown>> = {
  "goes to another page": goElsewhere,
  "closes the tab": async (page) => page.close(),
  async "hides the page, whose process is killed then"(page) {
    await setWindow(page, "minimized");
    await discard(page);
    await page.close();
  },
};

describe.for(Object.entries(order))("%s", ([, begin]) => {
  test.for(Object.entries(endings))(
    "CLS, INP and LCP arrive when the visitor %s",
    async ([, end], { open, ingest }) => {
      const page = await open({ ...site(ingest, withoutIdle), scripts: [...scripts, library] });
      await begin(page, ingest);
      await use(page);
      await end(page);
      const again = await comeBack(page);
      await ingest.waitFor(({ metrics }) => metrics.length >= 3);
      await again.evaluate(async () => Spanmeter.flush());
      const names = ingest.metrics.map(({ name }) => name).sort();
      expect(names).toEqual(["web_vitals.CLS", "web_vitals.INP", "web_vitals.LCP"]);
    },
  );
});
