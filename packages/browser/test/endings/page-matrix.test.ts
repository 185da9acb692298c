import { expect } from "vitest";
import { leaving } from "./matrix/leaving.js";
import { account, settle } from "./matrix/measure.js";
import { network } from "./matrix/network.js";
import { storage } from "./matrix/storage.js";
import { tabs } from "./matrix/tabs.js";
import { workers } from "./matrix/workers.js";
import { site } from "./visit.js";
import { test } from "./window.js";

const endings = { ...leaving, ...network, ...tabs, ...storage, ...workers };

test.for(Object.entries(endings))("%s", { repeats: Number(process.env["REP"] ?? 0) }, async ([, ending], { open, ingest, task }) => {
  const { recorded = 2_000, loses } = ending;
  const errors: Error[] = [];
  let overAt = Infinity;
  const page = await ending.run({
    ingest,
    async open(head, resources) {
      const parts = site(ingest, head);
      const opened = await open({ ...parts, resources: { ...parts.resources, ...resources } });
      opened.on("pageerror", (error) => errors.push(error));
      return opened;
    },
    over: () => void (overAt = Date.now()),
  });
  await settle(ingest, { ...ending, recorded }, page).catch((e) => { console.log("DBG", ingest.requests.map((r) => [r.method, r.metrics.length, r.violation ?? "", r.rawBytes].join(" ")).join("; "), JSON.stringify(account(ingest, recorded, overAt))); throw e; });
  const found = account(ingest, recorded, overAt);
  Object.assign(task.meta, { account: found });
  console.log("ROW", task.name, JSON.stringify(found));
  expect(found).toMatchObject({ twice: 0, announced: loses === "announced" ? found.lost : 0 });
  // A loss that is no longer one is good news, and the table must tell it.
  expect(found.lost > 0).toBe(loses !== undefined);
  expect(errors).toEqual([]);
});
