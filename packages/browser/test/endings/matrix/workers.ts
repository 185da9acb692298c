import type { Page } from "playwright-core";
import { comeBack } from "../visit.js";
import { COUNT, goElsewhere } from "./ending.js";
import type { Ending, EndingSetup } from "./ending.js";

/** Records in a worker and runs `code` there, or calls `end` with its page. */
const inWorker =
  (code: string, count = COUNT, end: (page: Page) => Promise<unknown> = async () => {}) =>
  async (setup: EndingSetup): Promise<Page> => {
    const body = `
      importScripts("/script-0.js");
      addEventListener("message", async ({ data }) => {
        Spanmeter.init({ dsn: data, flushInterval: 60_000 });
        for (let i = 0; i < ${count}; i++)
          Spanmeter.metrics.count("visit", 1, { attributes: { i, plan: "pro", section: "basket" } });
        postMessage("recorded");
        ${code}
      });`;
    const page = await setup.open("", { "/worker.js": { body, type: "text/javascript" } });
    await page.evaluate((dsn) => {
      const worker = new Worker("/worker.js");
      Object.assign(globalThis, { worker });
      worker.postMessage(dsn);
      return new Promise((resolve) => worker.addEventListener("message", resolve));
    }, setup.ingest.dsn);
    await end(page);
    return comeBack(page);
  };

/** A worker has no events for its end and no synchronous storage. */
export const workers: Record<string, Ending> = {
  "`await flush()` before `close()` in a worker": {
    run: inWorker("await Spanmeter.flush(); close();"),
  },
  "`flush()` without waiting before `close()` in a worker": {
    loses: "unannounced",
    run: inWorker("void Spanmeter.flush(); close();"),
  },
  "`close()` in a worker": { loses: "unannounced", run: inWorker("close();") },
  "`terminate()` of a worker": {
    recorded: 99,
    loses: "unannounced",
    run: inWorker("", 99, async (page) =>
      page.evaluate(() => (Reflect.get(globalThis, "worker") as Worker).terminate()),
    ),
  },
  "goes to another page, while a worker has metrics waiting": {
    recorded: 99,
    loses: "unannounced",
    run: inWorker("", 99, goElsewhere),
  },
};
