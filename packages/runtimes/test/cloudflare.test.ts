import { describe, expect, test, vi } from "vitest";
import { isSupported, onlyOn } from "./support/binaries.js";
import { ingestForTest, numbersOf, numbersUpTo } from "./support/ingest.js";
import { startWorker } from "./support/workerd.js";
import type { Worker } from "./support/workerd.js";

/** Sends requests that only flush, until the condition holds. */
const visitUntil = (worker: Worker, condition: () => void): Promise<void> =>
  vi.waitFor(
    async () => {
      await worker.visit("/0");
      condition();
    },
    { timeout: 20_000, interval: 100 },
  );

describe.skipIf(!isSupported).each([
  { name: "@spanmeter/node", fixture: "cloudflare" },
  { name: "@spanmeter/browser", fixture: "cloudflare-browser" },
])(`$name on Cloudflare Workers${onlyOn}`, ({ fixture }) => {
  test("delivers every metric of 20 concurrent requests", async () => {
    const ingest = await ingestForTest();
    // A flush that times out sends metrics without an answer again.
    const OPTIONS = { shutdown: { timeout: 20_000 } };
    const worker = await startWorker(fixture, { define: { DSN: ingest.dsn, OPTIONS } });
    await Promise.all(numbersUpTo(20).map(() => worker.visit("/150")));
    await visitUntil(worker, () => expect(numbersOf(ingest)).toHaveLength(3000));
    expect(numbersOf(ingest)).toEqual(numbersUpTo(3000));
    // Workerd would warn of promises that belong to another request.
    expect(worker.output()).toBe("");
    ingest.assertClean();
  });

  test("sends again after a rate limit that lasts longer than the request", async () => {
    const ingest = await ingestForTest();
    ingest.replyNext({ status: 429, headers: { "retry-after": "3" } });
    const worker = await startWorker(fixture, { define: { DSN: ingest.dsn, OPTIONS: {} } });
    await worker.visit("/5");
    await ingest.waitFor(({ requests }) => requests.length === 1);
    for (let visit = 0; visit < 5; visit++) await worker.visit("/1");
    // Metrics that arrive during a rate limit are folded by series; these differ in their number.
    await visitUntil(worker, () => expect(numbersOf(ingest)).toHaveLength(10));
    expect(numbersOf(ingest)).toEqual(numbersUpTo(10));
    expect(worker.output()).toBe("");
    ingest.assertClean();
  });

  test("sends again after sends that ended unanswered with their requests", async () => {
    const ingest = await ingestForTest();
    const fault = { fault: "hang" } as const;
    ingest.replyNext(fault, fault, fault, fault);
    const OPTIONS = { sendTimeout: 3000, shutdown: { timeout: 1000 } };
    const worker = await startWorker(fixture, { define: { DSN: ingest.dsn, OPTIONS } });
    for (let visit = 0; visit < 4; visit++) await worker.visit("/1");
    await visitUntil(worker, () => expect(numbersOf(ingest)).toHaveLength(4));
    expect(numbersOf(ingest)).toEqual(numbersUpTo(4));
    ingest.assertClean();
  });
});

test.skipIf(!isSupported)(
  `a flush without await ends with its request, and the next one sends its metrics${onlyOn}`,
  async () => {
    const ingest = await ingestForTest();
    const OPTIONS = { sendTimeout: 1000 };
    const worker = await startWorker("cloudflare-browser", {
      define: { DSN: ingest.dsn, OPTIONS },
    });
    for (let visit = 0; visit < 6; visit++) await worker.visit("/1?unawaited");
    await visitUntil(worker, () => expect(numbersOf(ingest)).toHaveLength(6));
    expect(numbersOf(ingest)).toEqual(numbersUpTo(6));
    ingest.assertClean();
  },
);

/** From before workerd had modules of node to the newest date. */
const DATES = [
  { compatibilityDate: "2022-01-01", compatibilityFlags: [] },
  { compatibilityDate: "2023-06-01", compatibilityFlags: [] },
  { compatibilityDate: "2024-09-01", compatibilityFlags: ["nodejs_als"] },
  { compatibilityDate: "2024-09-23", compatibilityFlags: ["nodejs_compat"] },
  { compatibilityDate: "2025-09-15", compatibilityFlags: ["nodejs_compat"] },
  { compatibilityDate: "2026-11-01", compatibilityFlags: [] },
];

test.skipIf(!isSupported).for(DATES)(
  `init() and withFlush work with $compatibilityDate $compatibilityFlags${onlyOn}`,
  async (compatibility) => {
    const ingest = await ingestForTest();
    const define = { DSN: ingest.dsn, OPTIONS: {} };
    const worker = await startWorker("cloudflare", { ...compatibility, define });
    await worker.visit("/3");
    await ingest.waitFor(({ metrics }) => metrics.length === 3);
    expect(worker.output()).toBe("");
    ingest.assertClean();
  },
);

const traced = DATES.filter(
  ({ compatibilityDate, compatibilityFlags: [flag] }) => flag || compatibilityDate > "2026-08-04",
);

test.skipIf(!isSupported).for(traced)(
  `concurrent requests have their own traces and attributes with $compatibilityDate $compatibilityFlags${onlyOn}`,
  async (compatibility) => {
    const ingest = await ingestForTest();
    const define = { DSN: ingest.dsn, OPTIONS: {} };
    const worker = await startWorker("cloudflare", { ...compatibility, define });
    const traceIds = ["a", "b", "c", "d"].map((digit) => digit.repeat(32));
    await Promise.all(
      traceIds.map((traceId) =>
        worker.visit(`/trace?visit=${traceId}`, { "sentry-trace": `${traceId}-${"1".repeat(16)}` }),
      ),
    );
    await ingest.waitFor(({ metrics }) => metrics.length === 8);
    const arrived = ingest.metrics.map(({ name, traceId, attributes }) =>
      [name, traceId, attributes["visit"]].join(" "),
    );
    const expected = traceIds.flatMap((id) => [`after ${id} ${id}`, `before ${id} ${id}`]);
    expect(arrived.sort()).toEqual(expected.sort());
  },
);
