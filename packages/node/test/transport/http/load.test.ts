import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../../src/index.js";
import { ingestForTest } from "../../support/ingest.js";

const PER_MS = 20;
const DURATION_MS = 1500;

test("20 000 metrics a second take about 20 requests a second, and all arrive", async () => {
  const ingest = await ingestForTest();
  const { metrics, flush, stats, close } = createClient({
    dsn: ingest.dsn,
    shutdown: { spool: false },
  });
  onTestFinished(() => void close(0));
  const start = performance.now();
  let recorded = 0;
  while (performance.now() - start < DURATION_MS) {
    const due = Math.floor((performance.now() - start) * PER_MS);
    for (; recorded < due; recorded++) metrics.count("email.sent");
    await sleep(1);
  }
  expect(await flush(20_000)).toBe(true);
  expect(stats()).toMatchObject({ recorded, delivered: recorded, pending: 0, dropped: {} });
  // A machine that is busy elsewhere may fill the queue, which then folds counters.
  expect(ingest.metrics.reduce((sum, { value }) => sum + value, 0)).toBe(recorded);
  // The first batch, those of the pace, and what the flush found.
  expect(ingest.requests.length).toBeLessThanOrEqual(1 + (DURATION_MS / 1000) * 20 + 4);
});
