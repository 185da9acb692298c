import type { Frame, Page } from "playwright-core";
import { record } from "../visit.js";
import { setWindow } from "../window.js";
import { COUNT, delayAnswers, endWith, reopen } from "./ending.js";
import type { Ending } from "./ending.js";

/** A script that fills the storage of its origin completely. */
export const FULL =
  "<script>for (let n = 2 ** 23; n >= 1; n /= 2) try { localStorage[n] = 'x'.repeat(n) } catch {}</script>";

/** Pages whose storage is full or forbidden. */
export const storage: Record<string, Ending> = {
  "hides a page whose storage is full": {
    async run({ open, ingest }) {
      const page = await open(FULL);
      await record(page, ingest, COUNT);
      await setWindow(page, "minimized");
      return page;
    },
  },
  "closes a page whose storage is full": {
    loses: "announced",
    run: endWith(async (page) => page.close(), FULL),
  },
  "hides a page whose storage is forbidden": {
    async run({ open, ingest }) {
      const page = await open();
      await record(await openForbidden(page), ingest, COUNT);
      await setWindow(page, "minimized");
      return page;
    },
  },
  "closes a page whose storage is forbidden": {
    loses: "announced",
    async run(setup) {
      const page = await setup.open();
      delayAnswers(setup);
      await record(await openForbidden(page), setup.ingest, COUNT);
      await page.close();
      return reopen(setup, page);
    },
  },
  "closes a page with 99 metrics whose storage is forbidden": {
    recorded: 99,
    async run(setup) {
      const page = await setup.open();
      await record(await openForbidden(page), setup.ingest, 99);
      await page.close();
      return reopen(setup, page);
    },
  },
};

/** Adds a frame that may not use storage: `localStorage` throws, as with blocked cookies. */
export async function openForbidden(page: Page): Promise<Frame> {
  const name = "sandbox";
  await page.evaluate((id) => {
    const frame = document.createElement("iframe");
    frame.name = id;
    frame.sandbox.add("allow-scripts");
    frame.src = "/";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    return loaded;
  }, name);
  const frame = page.frame(name) as Frame;
  const refusal = await frame.evaluate(() => localStorage.length).catch(String);
  if (!String(refusal).includes("sandboxed")) throw new Error(`storage is allowed: ${refusal}`);
  return frame;
}
