import type { Page } from "playwright-core";
import { comeBack, record } from "../visit.js";
import { discard } from "../window.js";
import { back, COUNT, slow } from "./ending.js";
import type { Ending, Scene } from "./ending.js";

/** A visit that leaves all its metrics to the next page. */
async function leaveAll({ open, ingest, over }: Scene): Promise<Page> {
  const page = await open();
  await page.context().setOffline(true);
  await record(page, ingest, COUNT);
  await page.close();
  await page.context().setOffline(false);
  over();
  return page;
}

/** A page that has just begun to send what an earlier one left, and waits for the first answer. */
async function resending({ ingest }: Scene, page: Page): Promise<Page> {
  ingest.reply({ delay: 500 });
  const begun = await comeBack(page);
  await ingest.waitFor(({ requests }) => requests.length > 0);
  return begun;
}

/** Several tabs of one origin. */
export const tabs: Record<string, Ending> = {
  "closes two tabs at once, each with half of the metrics": {
    async run(scene) {
      const { open, ingest } = scene;
      const one = await open();
      const other = await one.context().newPage();
      await other.goto(one.url());
      slow(scene);
      const half = COUNT / 2;
      await record(one, ingest, half);
      await record(other, ingest, half, undefined, half);
      await Promise.all([one.close(), other.close()]);
      return back(scene, one);
    },
  },
  "opens two tabs at once where a third left all": {
    async run(scene) {
      const left = await leaveAll(scene);
      const [, other] = await Promise.all([comeBack(left), comeBack(left)]);
      return other;
    },
  },
  "the same, and closes the one that sends": {
    async run(scene) {
      const left = await leaveAll(scene);
      const sends = await resending(scene, left);
      const other = await comeBack(left);
      await sends.close();
      scene.ingest.reply({});
      return other;
    },
  },
  "the same, and the process of the one that sends is killed": {
    async run(scene) {
      const left = await leaveAll(scene);
      const sends = await resending(scene, left);
      const other = await comeBack(left);
      await discard(sends);
      scene.ingest.reply({});
      return other;
    },
  },
};
