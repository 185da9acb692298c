import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { goElsewhere } from "./matrix/ending.js";
import { site } from "./visit.js";
import { discard, freeze, setWindow, test } from "./window.js";

/** All combinations of listeners to the last events of a page. */
const LISTENERS = ["visibilitychange", "pagehide", "freeze"].flatMap((type) =>
  ["document", "window"].flatMap((target) =>
    [true, false].flatMap((capture) =>
      ["before init", "after init"].map((added) => ({ type, target, capture, added })),
    ),
  ),
);
type Listener = (typeof LISTENERS)[number];

const nameOf = ({ type, target, capture, added }: Listener): string =>
  [type, target, capture ? "capturing" : "bubbling", added].join(".").replaceAll(" ", "_");

/** Records one counter in each of these listeners, and one in a microtask after it. */
async function listen(page: Page, ingest: IngestServer): Promise<void> {
  await page.evaluate(
    ([dsn, listeners]) => {
      const count = (name: string): void => Spanmeter.metrics.count(name);
      const add = (when: string): void => {
        for (const [name, { type, target, capture, added }] of listeners) {
          if (added !== when) continue;
          const onEvent = (): void => {
            if (type === "visibilitychange" && document.visibilityState === "visible") return;
            count(name);
            void Promise.resolve().then(() => count(`${name}.microtask`));
          };
          (target === "window" ? window : document).addEventListener(type, onEvent, capture);
        }
      };
      add("before init");
      Spanmeter.init({ dsn, flushInterval: 60_000 });
      add("after init");
    },
    [ingest.dsn, LISTENERS.map((each) => [nameOf(each), each] as const)] as const,
  );
}

/** `pagehide` is dispatched on the window only, and `freeze` does not bubble to it. */
const isCalled = ({ type, target, capture }: Listener): boolean =>
  type === "visibilitychange" ||
  (type === "pagehide" ? target === "window" : target === "document" || capture);

/** The names that listeners of these events recorded. */
const expected = (types: string[]): string[] =>
  LISTENERS.filter((each) => types.includes(each.type) && isCalled(each))
    .flatMap((each) => [nameOf(each), `${nameOf(each)}.microtask`])
    .sort();

const endings: Record<string, { types: string[]; end: (page: Page) => Promise<unknown> }> = {
  "goes to another page": { types: ["pagehide", "visibilitychange"], end: goElsewhere },
  "reloads the page": {
    types: ["pagehide", "visibilitychange"],
    end: async (page) => page.reload(),
  },
  "closes the tab": {
    types: ["pagehide", "visibilitychange"],
    end: async (page) => page.close(),
  },
  "hides the page, whose process is killed then": {
    types: ["visibilitychange"],
    async end(page) {
      await setWindow(page, "minimized");
      await discard(page);
      await page.close();
    },
  },
  "hides the page, which is frozen and whose process is killed then": {
    types: ["freeze", "visibilitychange"],
    async end(page) {
      await setWindow(page, "minimized");
      await freeze(page);
      await discard(page);
      await page.close();
    },
  },
};

describe.for(Object.entries(endings))("when the visitor %s", ([, { types, end }]) => {
  test.for(["online", "offline"])(
    "metrics recorded in any listener of the last events are sent or stored once (%s)",
    async (network, { open, ingest }) => {
      const page = await open(site(ingest));
      const next = new URL("/again", page.url()).href;
      await listen(page, ingest);
      if (network === "offline") await page.context().setOffline(true);
      // A navigation fails offline, although the page is gone.
      const refusal = network === "offline" ? "ERR_INTERNET_DISCONNECTED" : "none";
      await end(page).catch((error) => expect(String(error)).toContain(refusal));
      await page.context().setOffline(false);
      const again = await page.context().newPage();
      await again.goto(next);
      await ingest.waitFor(({ metrics }) => metrics.length >= expected(types).length);
      await again.evaluate(async () => Spanmeter.flush());
      expect(ingest.metrics.map(({ name }) => name).sort()).toEqual(expected(types));
    },
  );
});

test("metrics recorded in one listener are sent together", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn, flushInterval: 60_000 });
    addEventListener("visibilitychange", () => {
      for (let i = 0; i < 60; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    });
  }, ingest.dsn);
  await setWindow(page, "minimized");
  await ingest.waitFor(({ metrics }) => metrics.length === 60);
  // Two pieces of at most 20 KB.
  expect(ingest.requests).toHaveLength(2);
});

test("metrics recorded a moment after the page was hidden are sent immediately", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn, flushInterval: 60_000 });
    addEventListener("visibilitychange", () => {
      setTimeout(() => Spanmeter.metrics.count("later.task"));
    });
  }, ingest.dsn);
  await setWindow(page, "minimized");
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
});
