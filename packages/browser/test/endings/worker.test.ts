import { bundle } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";
import { allOnce } from "./visit.js";

const body = await bundle("endings/ending-worker.ts");

test("a worker that waits for its flush before close() loses nothing of 2 000 metrics", async ({
  open,
  ingest,
}) => {
  const page = await open({ resources: { "/worker.js": { body, type: "text/javascript" } } });
  await page.evaluate((dsn) => new Worker("/worker.js").postMessage(dsn), ingest.dsn);
  await allOnce(ingest, 2_000);
});
