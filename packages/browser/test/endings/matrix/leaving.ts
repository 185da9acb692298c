import type { Page } from "playwright-core";
import { goAndReturn } from "../../support/back-and-forward.js";
import { record } from "../visit.js";
import { discard, freeze, setWindow } from "../window.js";
import { back, COUNT, elsewhere, ending, slow } from "./ending.js";
import type { Ending, Scene } from "./ending.js";

const LISTENERS = ["visibilitychange", "pagehide"].flatMap((type) =>
  ["document", "window"].flatMap((target) =>
    [true, false].map((capture) => ({ type, target, capture })),
  ),
);
/** What each of them records; `pagehide` does not pass the document. */
const PER_LISTENER = 50;

/** Records in listeners of the page's last events alone, that were added after `init`. */
const inListeners =
  (end: (page: Page) => Promise<unknown>) =>
  async (scene: Scene): Promise<Page> => {
    const page = await scene.open();
    await record(page, scene.ingest, 0);
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
    return back(scene, page);
  };

/** The ways a visitor leaves a page, or a browser takes it away. */
export const leaving: Record<string, Ending> = {
  "goes to another page": { run: ending(elsewhere) },
  "goes to another page in the task that records": {
    async run(scene) {
      const page = await scene.open();
      slow(scene);
      await record(page, scene.ingest, COUNT, "/next");
      await page.waitForURL("**/next");
      return back(scene, page);
    },
  },
  "goes to another page and back by the button": {
    run: ending(async (page) => goAndReturn(page)),
  },
  "reloads the page": { run: ending(async (page) => page.reload()) },
  "closes the tab": { run: ending(async (page) => page.close()) },
  "closes the tab, which may ask before": {
    run: ending(async (page) => page.close({ runBeforeUnload: true })),
  },
  "hides the page and shows it again": {
    async run(scene) {
      const page = await scene.open();
      slow(scene);
      await record(page, scene.ingest, COUNT);
      await setWindow(page, "minimized");
      scene.ingest.reply({});
      scene.over();
      await setWindow(page, "normal");
      return page;
    },
  },
  "hides the page, whose process is killed then": {
    // Browsers keep few connections to one server: what is sent in excess of that waits in the page.
    run: ending(async (page) => {
      await setWindow(page, "minimized");
      await discard(page);
    }),
  },
  "hides the tab, which records, is frozen and discarded": {
    async run(scene) {
      const page = await scene.open();
      slow(scene);
      await setWindow(page, "minimized");
      await record(page, scene.ingest, COUNT);
      await freeze(page);
      await discard(page);
      return back(scene, page);
    },
  },
  "listeners of the page's last events: goes to another page": {
    recorded: 6 * PER_LISTENER,
    run: inListeners(elsewhere),
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
  "looks at the page as its process is killed": {
    recorded: 99,
    loses: "unannounced",
    async run(scene) {
      const page = await scene.open();
      await record(page, scene.ingest, 99);
      await discard(page);
      return back(scene, page);
    },
  },
};
