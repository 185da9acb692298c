import { test } from "../support/chromium-test.js";
import { allOnce, scripts } from "./visit.js";

/** Records 2 000 counters and ends itself with `close()`, which tells no listener. */
const body = `
  importScripts("/script-0.js");
  addEventListener("message", async ({ data }) => {
    Spanmeter.init({ dsn: data, flushInterval: 60_000 });
    for (let i = 0; i < 2_000; i++) Spanmeter.metrics.count("visit", 1, { attributes: { i } });
    await Spanmeter.flush();
    close();
  });`;

test("a worker that waits for its flush before close() loses nothing of 2 000 metrics", async ({
  open,
  ingest,
}) => {
  const resources = { "/worker.js": { body, type: "text/javascript" } };
  const page = await open({ scripts, resources });
  await page.evaluate((dsn) => new Worker("/worker.js").postMessage(dsn), ingest.dsn);
  await allOnce(ingest, 2_000);
});
