import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { IngestServer } from "@spanmeter/testing";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/index.js";
import type { Drop, NodeClient } from "../../src/index.js";
import { readRecords } from "../../src/spool/spool-records.js";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const PAUSE = { status: 429, headers: { "x-sentry-rate-limits": "60:trace_metric:organization" } };

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
/** The sum of the accepted values of one name. */
const accepted = ({ metrics }: IngestServer, name: string): number =>
  sumOf(metrics.filter((metric) => metric.name === name).map(({ value }) => value));

/** How many calls the files of the folder contain. */
async function storedCalls(home: string, files: readonly string[]): Promise<number> {
  const calls: number[] = [];
  for (const file of files) {
    const { records, torn } = readRecords(await readFile(join(home, "spanmeter", file)));
    expect(torn).toHaveLength(0);
    for (const { body } of records)
      for (const [, value] of String(body).matchAll(/"type":"counter","value":(\d+)/g))
        calls.push(Number(value));
  }
  return sumOf(calls);
}

interface RateLimited {
  readonly client: NodeClient;
  readonly drops: readonly Drop[];
}

/** A client that is rate limited, with 150 pending calls. */
async function rateLimited(dsn: string, spool: string | false): Promise<RateLimited> {
  const drops: Drop[] = [];
  const client = createClient({ dsn, shutdown: { spool }, onDrop: (drop) => drops.push(drop) });
  onTestFinished(() => void client.close());
  for (let i = 0; i < 100; i++) client.metrics.count("before");
  // Ends as soon as there is a rate limit that lasts longer.
  expect(await client.flush(30_000)).toBe(false);
  for (let i = 0; i < 50; i++) client.metrics.count("during");
  return { client, drops };
}

test("a client that closes while it is rate limited stores its metrics, and the next one sends them", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { home, files } = await stateForTest();
  const spool = join(home, "spanmeter");
  const { client, drops } = await rateLimited(ingest.dsn, spool);
  await client.close(300);
  expect(ingest.requests).toHaveLength(1);
  expect(drops).toEqual([]);
  expect(client.stats()).toMatchObject({ recorded: 150, pending: 0, dropped: {} });
  expect(await storedCalls(home, await files())).toBe(150);
  ingest.reply({});
  const next = createClient({ dsn: ingest.dsn, shutdown: { spool } });
  onTestFinished(() => void next.close());
  next.metrics.count("next");
  await next.flush();
  await expect.poll(files).toEqual([]);
  expect([accepted(ingest, "before"), accepted(ingest, "during")]).toEqual([100, 50]);
  ingest.assertClean();
});

test("the next client sends stored metrics only after its own rate limit has ended", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { home, files } = await stateForTest();
  const spool = join(home, "spanmeter");
  const { client } = await rateLimited(ingest.dsn, spool);
  await client.close(300);
  const arrivals: number[] = [];
  ingest.reply(() => {
    arrivals.push(performance.now());
    const limited = { status: 429, headers: { "x-sentry-rate-limits": "1:trace_metric:key" } };
    return arrivals.length === 1 ? limited : {};
  });
  const next = createClient({ dsn: ingest.dsn, shutdown: { spool } });
  onTestFinished(() => void next.close());
  next.metrics.count("next");
  await next.flush(30_000);
  await expect.poll(files).toEqual([]);
  const [first = 0, second = 0] = arrivals;
  expect(second - first).toBeGreaterThan(950);
  expect(["before", "during", "next"].map((name) => accepted(ingest, name))).toEqual([100, 50, 1]);
});

test("without a spool, a client that closes while it is rate limited reports its metrics as dropped", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { client, drops } = await rateLimited(ingest.dsn, false);
  await client.close(300);
  expect(ingest.requests).toHaveLength(1);
  expect(new Set(drops.map(({ reason }) => reason))).toEqual(new Set(["ratelimit_backoff"]));
  expect(sumOf(drops.map(({ metrics }) => metrics))).toBe(150);
  expect(client.stats()).toMatchObject({ pending: 0, dropped: { ratelimit_backoff: 150 } });
});

const WAYS = ["exit", "SIGTERM", "natural", "close"];

test.each(WAYS)(
  "a rate limited process that ends by '%s' stores all metrics and sends nothing",
  async (way) => {
    const ingest = await ingestForTest({ reply: PAUSE });
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout, stderr } = await runScript("rate-limited-end", {
      args: [way, ingest.dsn],
      env,
    });
    expect(stderr).toBe("");
    // After a signal there is no `exit` event.
    expect(stdout).toBe(way === "SIGTERM" ? "" : "[]");
    expect(ingest.requests).toHaveLength(1);
    expect(await storedCalls(home, await files())).toBe(150);
  },
);

test.each(WAYS.filter((way) => way !== "SIGTERM"))(
  "a rate limited process without a spool that ends by '%s' reports its metrics as dropped",
  async (way) => {
    const ingest = await ingestForTest({ reply: PAUSE });
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout } = await runScript("rate-limited-end", { args: [way, ingest.dsn, "no"], env });
    const drops = JSON.parse(stdout) as Drop[];
    const reported = drops.map(({ reason, name, metrics }) => ({ reason, name, metrics }));
    expect(reported).toEqual([
      { reason: "ratelimit_backoff", name: "before", metrics: 100 },
      { reason: "ratelimit_backoff", name: "during", metrics: 50 },
    ]);
    // A client report may be sent meanwhile.
    expect(ingest.requests.slice(1).flatMap(({ metrics }) => metrics)).toEqual([]);
    expect(await files()).toEqual([]);
  },
);
