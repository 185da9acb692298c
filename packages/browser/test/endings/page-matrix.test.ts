import { expect } from "vitest";
import { COUNT } from "./matrix/ending.js";
import { leaving } from "./matrix/leaving.js";
import { account, settle } from "./matrix/measure.js";
import { network } from "./matrix/network.js";
import { storage } from "./matrix/storage.js";
import { tabs } from "./matrix/tabs.js";
import { workers } from "./matrix/workers.js";
import { site } from "./visit.js";
import { test } from "./window.js";

const endings = { ...leaving, ...network, ...tabs, ...storage, ...workers };

// `scripts/reliability/page-endings.mjs` writes the table in docs/reliability.md from the results of these tests.
test.for(Object.entries(endings))("%s", async ([, ending], { open, ingest, silence, task }) => {
  const { recorded = COUNT, loses } = ending;
  const errors: Error[] = [];
  let overAt = Infinity;
  const page = await ending.run({
    ingest,
    silence: silence.url,
    async open(head, resources) {
      const parts = site(ingest, head);
      const opened = await open({ ...parts, resources: { ...parts.resources, ...resources } });
      opened.on("pageerror", (error) => errors.push(error));
      return opened;
    },
    markEnd: () => void (overAt = Date.now()),
  });
  await settle(ingest, page, recorded, loses);
  const counts = account(ingest, recorded, overAt);
  Object.assign(task.meta, { account: counts });
  expect(counts).toMatchObject({ twice: 0, announced: loses === "announced" ? counts.lost : 0 });
  // An ending that no longer loses metrics must change the table.
  expect(counts.lost > 0).toBe(loses !== undefined);
  expect(errors).toEqual([]);
});
