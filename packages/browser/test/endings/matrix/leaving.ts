import type { Page } from "playwright-core";
import { goAndReturn } from "../../support/back-and-forward.js";
import { record } from "../visit.js";
import { discard, freeze, setWindow } from "../window.js";
import { COUNT, delayAnswers, endWith, goElsewhere, reopen } from "./ending.js";
import type { Ending, EndingSetup } from "./ending.js";

const LISTENERS = ["visibilitychange", "pagehide"].flatMap((type) =>
  ["document", "window"].flatMap((target) =>
    [true, false].map((capture) => ({ type, target, capture })),
  ),
);
/** The metrics of each listener. Listeners of the document do not receive `pagehide`. */
const PER_LISTENER = 50;

/** Records only in listeners of the page's last events, which are added after `init`. */
const inListeners =
  (end: (page: Page) => Promise<unknown>) =>
  async (setup: EndingSetup): Promise<Page> => {
    const page = await setup.open();
    await record(page, setup.ingest, 0);
    await page.evaluate(
      ([listeners, each]) => {
        let i = 0;
        for (const { type, target, capture } of listeners)
          (target === "window" ? window : document).addEventListener(
            type,
            () => {
              for (const last = i + each; i < last; i++)
                Spanmeter.metrics.count("visit", 1, { attributes: { i } });
            },
            capture,
          );
      },
      [LISTENERS, PER_LISTENER] as const,
    );
    await end(page);
    return reopen(setup, page);
  };

/** The ways a visitor leaves a page, or a browser takes it away. */
export const leaving: Record<string, Ending> = {
  "goes to another page": { run: endWith(goElsewhere) },
  "goes to another page in the task that records": {
    async run(setup) {
      const page = await setup.open();
      delayAnswers(setup);
      await record(page, setup.ingest, COUNT, "/next");
      await page.waitForURL("**/next");
      return reopen(setup, page);
    },
  },
  "goes to another page and back by the button": {
    run: endWith(async (page) => goAndReturn(page)),
  },
  "reloads the page": { run: endWith(async (page) => page.reload()) },
  "closes the tab": { run: endWith(async (page) => page.close()) },
  "closes the tab, which may ask before": {
    run: endWith(async (page) => page.close({ runBeforeUnload: true })),
  },
  "hides the page and shows it again": {
    async run(setup) {
      const page = await setup.open();
      delayAnswers(setup);
      await record(page, setup.ingest, COUNT);
      await setWindow(page, "minimized");
      setup.ingest.reply({});
      setup.markEnd();
      await setWindow(page, "normal");
      return page;
    },
  },
  "hides the page, whose process is killed then": {
    // Browsers limit connections per server; further requests wait in the page.
    run: endWith(async (page) => {
      await setWindow(page, "minimized");
      await discard(page);
    }),
  },
  "hides the tab, which records, is frozen and discarded": {
    async run(setup) {
      const page = await setup.open();
      delayAnswers(setup);
      await setWindow(page, "minimized");
      await record(page, setup.ingest, COUNT);
      await freeze(page);
      await discard(page);
      return reopen(setup, page);
    },
  },
  "listeners of the page's last events: goes to another page": {
    recorded: 6 * PER_LISTENER,
    run: inListeners(goElsewhere),
  },
  "listeners of the page's last events: closes the tab": {
    recorded: 6 * PER_LISTENER,
    run: inListeners(async (page) => page.close()),
  },
  "listeners of the page's last events: hides the page, whose process is killed then": {
    recorded: 4 * PER_LISTENER,
    run: inListeners(async (page) => {
      await setWindow(page, "minimized");
      await discard(page);
      await page.close();
    }),
  },
  "looks at the page while its process is killed": {
    recorded: 99,
    loses: "unannounced",
    async run(setup) {
      const page = await setup.open();
      await record(page, setup.ingest, 99);
      await discard(page);
      return reopen(setup, page);
    },
  },
};
