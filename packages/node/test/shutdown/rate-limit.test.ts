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
/** What was accepted, by name. */
const accepted = ({ metrics }: IngestServer, name: string): number =>
  sumOf(metrics.filter((metric) => metric.name === name).map(({ value }) => value));

/** How many calls the files of the folder hold. */
async function kept(home: string, files: readonly string[]): Promise<number> {
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

interface Paused {
  readonly client: NodeClient;
  readonly drops: readonly Drop[];
}

/** A client that knows of the pause, with 150 calls that wait. */
async function paused(dsn: string, spool: string | false): Promise<Paused> {
  const drops: Drop[] = [];
  const client = createClient({ dsn, shutdown: { spool }, onDrop: (drop) => drops.push(drop) });
  onTestFinished(() => void client.close());
  for (let i = 0; i < 100; i++) client.metrics.count("before");
  // Gives up as soon as a pause is known that lasts longer.
  expect(await client.flush(30_000)).toBe(false);
  for (let i = 0; i < 50; i++) client.metrics.count("during");
  return { client, drops };
}

test("what waits when a client closes during a pause is kept, and the next one sends it", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { home, files } = await stateForTest();
  const spool = join(home, "spanmeter");
  const { client, drops } = await paused(ingest.dsn, spool);
  await client.close(300);
  expect(ingest.requests).toHaveLength(1);
  expect(drops).toEqual([]);
  expect(client.stats()).toMatchObject({ recorded: 150, pending: 0, dropped: {} });
  expect(await kept(home, await files())).toBe(150);
  ingest.reply({});
  const next = createClient({ dsn: ingest.dsn, shutdown: { spool } });
  onTestFinished(() => void next.close());
  next.metrics.count("next");
  await next.flush();
  await expect.poll(files).toEqual([]);
  expect([accepted(ingest, "before"), accepted(ingest, "during")]).toEqual([100, 50]);
  ingest.assertClean();
});

test("the next client leaves it alone until a pause of its own has ended", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { home, files } = await stateForTest();
  const spool = join(home, "spanmeter");
  const { client } = await paused(ingest.dsn, spool);
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

test("without a spool, what waits when a client closes during a pause is announced", async () => {
  const ingest = await ingestForTest({ reply: PAUSE });
  const { client, drops } = await paused(ingest.dsn, false);
  await client.close(300);
  expect(ingest.requests).toHaveLength(1);
  expect(new Set(drops.map(({ reason }) => reason))).toEqual(new Set(["ratelimit_backoff"]));
  expect(sumOf(drops.map(({ metrics }) => metrics))).toBe(150);
  expect(client.stats()).toMatchObject({ pending: 0, dropped: { ratelimit_backoff: 150 } });
});

const WAYS = ["exit", "SIGTERM", "natural", "close"];

test.each(WAYS)(
  "a process that ends by '%s' during a pause keeps all and sends nothing",
  async (way) => {
    const ingest = await ingestForTest({ reply: PAUSE });
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout, stderr } = await runScript("rate-limited-end", {
      args: [way, ingest.dsn],
      env,
    });
    expect(stderr).toBe("");
    // A signal leaves no `exit` to tell it at.
    expect(stdout).toBe(way === "SIGTERM" ? "" : "[]");
    expect(ingest.requests).toHaveLength(1);
    expect(await kept(home, await files())).toBe(150);
  },
);

test.each(WAYS.filter((way) => way !== "SIGTERM"))(
  "a process without a spool that ends by '%s' during a pause announces what is lost",
  async (way) => {
    const ingest = await ingestForTest({ reply: PAUSE });
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout } = await runScript("rate-limited-end", { args: [way, ingest.dsn, "no"], env });
    const drops = JSON.parse(stdout) as Drop[];
    const told = drops.map(({ reason, name, metrics }) => ({ reason, name, metrics }));
    expect(told).toEqual([
      { reason: "ratelimit_backoff", name: "before", metrics: 100 },
      { reason: "ratelimit_backoff", name: "during", metrics: 50 },
    ]);
    // A report may tell of it meanwhile.
    expect(ingest.requests.slice(1).flatMap(({ metrics }) => metrics)).toEqual([]);
    expect(await files()).toEqual([]);
  },
);
