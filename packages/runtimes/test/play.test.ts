import { startIngest } from "@spanmeter/testing";
import { expect, onTestFinished, test } from "vitest";
import { startWorker } from "./support/workerd.js";

const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
const kind = process.env["KIND"] ?? "cloudflare-browser";
const opts = { compatibilityFlags: (process.env["FLAGS"] ?? "").split(",").filter(Boolean), ...(process.env["DATE"] ? {compatibilityDate: process.env["DATE"]}: {}) };

test("play parallel", async () => {
  const ingest = await startIngest();
  onTestFinished(() => ingest.close());
  const worker = await startWorker(kind, { ...opts, define: { DSN: ingest.dsn, OPTIONS: {} } });
  await Promise.all(Array.from({ length: 20 }, (_, i) => worker.visit(`/150?visit=${i}`)));
  for (let i = 0; i < 6; i++) {
    await wait(1000);
    console.log(ingest.metrics.length, ingest.requests.length, JSON.stringify(await worker.visit("/0")));
  }
  console.log(worker.output());
}, 60000);
test("play limit", async () => {
  const ingest = await startIngest();
  onTestFinished(() => ingest.close());
  ingest.replyNext({ status: 429, headers: { "retry-after": "1" } });
  const worker = await startWorker(kind, { ...opts, define: { DSN: ingest.dsn, OPTIONS: { shutdown: { timeout: 100 } } } });
  for (let i = 0; i < 8; i++) {
    console.log(JSON.stringify(await worker.visit("/1")));
    await wait(500);
    console.log(ingest.metrics.length, ingest.requests.length);
  }
  console.log(worker.output());
}, 60000);
test("play slow", async () => {
  const ingest = await startIngest();
  onTestFinished(() => ingest.close());
  let n = 0;
  ingest.reply(() => (n++ < 4 ? { fault: "hang" } : {}) as never);
  const worker = await startWorker(kind, { ...opts, define: { DSN: ingest.dsn, OPTIONS: { sendTimeout: 1000, shutdown: { timeout: 100 } } } });
  for (let i = 0; i < 12; i++) {
    console.log(JSON.stringify(await worker.visit("/1")));
    await wait(500);
    console.log(ingest.metrics.length, ingest.requests.length);
  }
  console.log(worker.output());
}, 60000);
