import { goAndReturn } from "../../support/back-and-forward.js";
import { record } from "../visit.js";
import { discard, freeze, setWindow } from "../window.js";
import { back, COUNT, elsewhere, ending, slow } from "./ending.js";
import type { Ending } from "./ending.js";

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
