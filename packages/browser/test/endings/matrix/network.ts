import type { Page } from "playwright-core";
import { record } from "../visit.js";
import { discard } from "../window.js";
import { back, COUNT } from "./ending.js";
import type { Ending, Scene } from "./ending.js";

/** Leaves a page to which the server has already said that it takes nothing at the moment. */
const refused = (status: number) => async (scene: Scene) => {
  const { ingest } = scene;
  const page = await scene.open();
  ingest.reply({ status, headers: { "retry-after": "60" } });
  await record(page, ingest, 50);
  await page.evaluate(() => Spanmeter.flush());
  await more(page, 50);
  await page.close();
  return back(scene, page);
};

/** Records on, from number `first`. */
async function more(page: Page, first: number): Promise<void> {
  await page.evaluate(
    ([from, to]) => {
      for (let i = from; i < to; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    },
    [first, COUNT] as const,
  );
}

/** Pages that end while the network or the server is not what it should be. */
export const network: Record<string, Ending> = {
  "closes the tab offline": {
    async run(scene) {
      const page = await scene.open();
      await page.context().setOffline(true);
      await record(page, scene.ingest, COUNT);
      await page.close();
      return back(scene, page);
    },
  },
  "is offline for a while, and stays on the page": {
    async run({ open, ingest, over }) {
      const page = await open();
      await page.context().setOffline(true);
      await record(page, ingest, 50);
      await page.evaluate(() => Spanmeter.flush());
      await more(page, 50);
      over();
      await page.context().setOffline(false);
      return page;
    },
  },
  "closes the tab while the server answers 503": { run: refused(503) },
  "closes the tab while the server limits metrics (429)": { run: refused(429) },
  "closes the tab while another script fills the keepalive budget": {
    recorded: 99,
    async run(scene) {
      const { open, ingest, silence } = scene;
      const page = await open();
      await page.evaluate((url) => {
        void fetch(url, { method: "POST", body: "x".repeat(65_000), keepalive: true });
      }, silence);
      await record(page, ingest, 99);
      await page.close();
      return back(scene, page);
    },
  },
  "blocked by client: closes the tab, and comes back without the blocker": {
    async run(scene) {
      // The first pause after a failure lasts as long as it may: nothing is under way at the end.
      const page = await scene.open("<script>Math.random = () => 0.999</script>");
      const everything = `${scene.ingest.url}/**`;
      const context = page.context();
      await context.route(everything, async (route) => route.abort("blockedbyclient"));
      await record(page, scene.ingest, 99);
      await page.evaluate(() => Spanmeter.flush());
      await more(page, 99);
      await page.close();
      await context.unroute(everything);
      return back(scene, page);
    },
  },
  "is offline as the process of the page is killed": {
    async run(scene) {
      const page = await scene.open();
      await page.context().setOffline(true);
      await record(page, scene.ingest, COUNT);
      await page.evaluate(() => Spanmeter.flush());
      await discard(page);
      await page.close();
      return back(scene, page);
    },
  },
};
