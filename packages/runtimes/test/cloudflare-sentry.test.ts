import type { IngestServer } from "@spanmeter/testing";
import { expect, test, vi } from "vitest";
import { isSupported, onlyOn } from "./support/binaries.js";
import { ingestForTest } from "./support/ingest.js";
import { startWorker } from "./support/workerd.js";
import type { Worker } from "./support/workerd.js";

const startSentryWorker = (ingest: IngestServer, OPTIONS: object = {}): Promise<Worker> =>
  startWorker("cloudflare-sentry", { define: { DSN: ingest.dsn, OPTIONS } });

const visitsOf = ({ metrics }: IngestServer): string[] =>
  metrics.map(({ name, attributes }) => `${name} ${String(attributes["visit"])}`).sort();

const expectedOf = (visits: readonly string[]): string[] =>
  visits.flatMap((visit) => [`ours ${visit}`, `theirs ${visit}`]).sort();

/** Sends requests that only flush, until everything has arrived. */
const flushUntil = (worker: Worker, ingest: IngestServer, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      await worker.visit();
      expect(ingest.metrics.length).toBeGreaterThanOrEqual(count);
    },
    { timeout: 60_000, interval: 100 },
  );

test.skipIf(!isSupported)(
  `concurrent requests, each with a Sentry client, record in their own trace and by their own hook${onlyOn}`,
  async () => {
    const ingest = await ingestForTest();
    const worker = await startSentryWorker(ingest);
    const visits = Array.from({ length: 20 }, (_, i) => `v${i}`);
    const traceOf = (visit: string): string => visit.slice(1).padStart(32, "1");
    await Promise.all(
      visits.map((visit) => worker.visit(`/?visit=${visit}&trace=${traceOf(visit)}`)),
    );
    await flushUntil(worker, ingest, 40);
    expect(visitsOf(ingest)).toEqual(expectedOf(visits));
    for (const { traceId, attributes } of ingest.metrics) {
      expect(traceId).toBe(traceOf(String(attributes["visit"])));
      expect(attributes["hook"]).toBe(attributes["visit"]);
    }
    // Workerd would warn of promises that belong to another request.
    expect(worker.output()).toBe("");
    ingest.assertClean();
  },
);

test.skipIf(!isSupported).for([
  { way: "integration", options: {} },
  { way: "wrapped transport", options: { wraps: true } },
])(
  `by the $way, what Sentry limits beyond the end of a request leaves with a later one${onlyOn}`,
  async ({ options }) => {
    const ingest = await ingestForTest();
    ingest.replyNext({ status: 429, headers: { "retry-after": "3" } });
    const worker = await startSentryWorker(ingest, options);
    await worker.visit("/?visit=a");
    await ingest.waitFor(({ requests }) => requests.length === 1);
    await worker.visit("/?visit=b");
    await flushUntil(worker, ingest, 4);
    expect(visitsOf(ingest)).toEqual(expectedOf(["a", "b"]));
    expect(worker.output()).toBe("");
    ingest.assertClean();
  },
);

test.skipIf(!isSupported)(
  `a request that closes its Sentry client ends no metrics of others${onlyOn}`,
  async () => {
    const ingest = await ingestForTest();
    const worker = await startSentryWorker(ingest);
    await worker.visit("/close?visit=a");
    await ingest.waitFor(({ metrics }) => metrics.length === 2);
    await worker.visit("/?visit=b");
    await flushUntil(worker, ingest, 4);
    expect(visitsOf(ingest)).toEqual(expectedOf(["a", "b"]));
    expect(worker.output()).toBe("");
    ingest.assertClean();
  },
);
