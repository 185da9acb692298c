import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import type { Resource } from "../../support/site.js";
import { comeBack, record } from "../visit.js";

/** A visitor in front of a site of `/`, `/next` and `/again`; on the last, Spanmeter sets itself up. */
export interface Scene {
  readonly ingest: IngestServer;
  /** The address of a server that never answers. */
  readonly silence: string;
  open(head?: string, resources?: Record<string, Resource>): Promise<Page>;
  /** From now on what the server receives did not leave at once. */
  over(): void;
}

/** A way in which a page or a worker ends. */
export interface Ending {
  /** How many counters it records. Default: 2 000. */
  readonly recorded?: number;
  /** What may be lost, because nothing can keep it, and whether the server is told. Default: nothing. */
  readonly loses?: "announced" | "unannounced";
  /** Records, ends, and answers with the page that the visitor looks at in the end. */
  run(scene: Scene): Promise<Page>;
}

export const COUNT = 2_000;

/** Records, ends like that, and comes back with the server well again. */
export const ending =
  (end: (page: Page, ingest: IngestServer) => Promise<unknown>, head = "") =>
  async (scene: Scene): Promise<Page> => {
    const page = await scene.open(head);
    slow(scene);
    await record(page, scene.ingest, COUNT);
    await end(page, scene.ingest);
    return back(scene, page);
  };

/** Answers take a while, so that all but the first pieces still wait when the page ends. */
export const slow = ({ ingest }: Scene): void => ingest.reply({ delay: 1_000 });

/** Comes back in a new tab, with the server well again. */
export async function back({ ingest, over }: Scene, page: Page): Promise<Page> {
  await page.context().setOffline(false);
  ingest.reply({});
  over();
  const again = await comeBack(page);
  // It would look into the storage after a second; this event makes it look at once.
  await again.evaluate(() => dispatchEvent(new Event("online")));
  return again;
}

export const elsewhere = (page: Page): Promise<unknown> =>
  page.goto(new URL("/next", page.url()).href);
