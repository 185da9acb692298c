import type { Frame, Page } from "playwright-core";
import { record } from "../visit.js";
import { setWindow } from "../window.js";
import { back, COUNT, ending, slow } from "./ending.js";
import type { Ending } from "./ending.js";

/** Fills the storage of its origin to the last byte. */
export const FULL =
  "<script>for (let n = 2 ** 23; n >= 1; n /= 2) try { localStorage[n] = 'x'.repeat(n) } catch {}</script>";

/** Pages whose storage takes nothing. */
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
    run: ending(async (page) => page.close(), FULL),
  },
  "hides a page whose storage is forbidden": {
    async run({ open, ingest }) {
      const page = await open();
      await record(await forbidden(page), ingest, COUNT);
      await setWindow(page, "minimized");
      return page;
    },
  },
  "closes a page whose storage is forbidden": {
    loses: "announced",
    async run(scene) {
      const page = await scene.open();
      slow(scene);
      await record(await forbidden(page), scene.ingest, COUNT);
      await page.close();
      return back(scene, page);
    },
  },
  "closes a page with 99 metrics whose storage is forbidden": {
    recorded: 99,
    async run(scene) {
      const page = await scene.open();
      await record(await forbidden(page), scene.ingest, 99);
      await page.close();
      return back(scene, page);
    },
  },
};

/** A frame of a page that may not use storage, as where cookies are blocked: the getter throws. */
export async function forbidden(page: Page): Promise<Frame> {
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
