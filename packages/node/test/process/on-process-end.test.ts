import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";

const names = ({ metrics }: { metrics: readonly { name: string }[] }): string[] =>
  metrics.map(({ name }) => name);

const lines = (stdout: string): unknown[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

/** How often `beforeExit` was emitted, and the milliseconds from the script's last line to the end. */
const end = (stdout: string): { announced: number; waited: number } =>
  lines(stdout).at(-1) as { announced: number; waited: number };

/** The end may take a minute, so a shorter end did not wait for the limit. */
const PATIENT = "60000";
/** Half of every limit in the script except the default of `shutdown.timeout`: a busy machine stays below it. */
const FAR_BELOW_MS = 30_000;

describe.each(["cjs", "esm"] as const)("a process that has nothing left to do (%s)", (format) => {
  test("sends pending metrics and ends immediately", async () => {
    const ingest = await ingestForTest();
    const { code, stdout } = await runScript("end", {
      args: ["natural", ingest.dsn, PATIENT],
      format,
    });
    expect(code).toBe(0);
    expect(names(ingest)).toEqual(["first"]);
    expect(end(stdout).waited).toBeLessThan(FAR_BELOW_MS);
    ingest.assertClean();
  });

  test("ends immediately when nothing is pending, after one beforeExit", async () => {
    const ingest = await ingestForTest();
    const run = await runScript("end", { args: ["idle", ingest.dsn, PATIENT], format });
    expect(run.code).toBe(0);
    expect(end(run.stdout).waited).toBeLessThan(FAR_BELOW_MS);
    expect(end(run.stdout).announced).toBe(1);
    expect(ingest.requests).toHaveLength(0);
  });
});

describe("the end of a process", () => {
  test("waits two seconds for a server that hangs, and no longer", async () => {
    const ingest = await ingestForTest({ reply: { fault: "hang" } });
    const { code, stdout } = await runScript("end", { args: ["natural", ingest.dsn] });
    expect(code).toBe(0);
    expect(end(stdout).waited).toBeGreaterThan(1900);
    expect(end(stdout).waited).toBeLessThan(FAR_BELOW_MS);
  });

  test("waits no longer for a request that is already in flight", async () => {
    const ingest = await ingestForTest({ reply: { fault: "hang" } });
    const { code, stdout } = await runScript("end", { args: ["request-under-way", ingest.dsn] });
    expect(code).toBe(0);
    expect(end(stdout).waited).toBeLessThan(FAR_BELOW_MS);
  });

  test("waits no longer for a proxy that hangs", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const run = await runScript("end", {
      args: ["natural", "https://public@ingest.test/1"],
      env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    });
    expect(run.code).toBe(0);
    expect(end(run.stdout).waited).toBeLessThan(FAR_BELOW_MS);
  });

  test("sends metrics that other listeners record while it ends", async () => {
    const ingest = await ingestForTest();
    const { code } = await runScript("end", { args: ["work-in-beforeExit", ingest.dsn, PATIENT] });
    expect(code).toBe(0);
    expect(names(ingest).sort()).toEqual(["first", "round.1", "round.2", "round.3"]);
  });

  test("is announced to all clients by one listener", async () => {
    const ingest = await ingestForTest();
    const { stdout, stderr } = await runScript("end", {
      args: ["many-clients", ingest.dsn, PATIENT],
    });
    expect(names(ingest)).toHaveLength(21);
    // The other one belongs to the script.
    expect(lines(stdout)[0]).toEqual({ listeners: 2 });
    expect(stderr).toBe("");
  });

  test("is announced to a worker thread too", async () => {
    const ingest = await ingestForTest();
    await runScript("end", { args: ["worker", ingest.dsn, PATIENT] });
    expect(names(ingest).filter((name) => name === "first")).toHaveLength(2);
  });
});

test("a server that is gone causes one retry at the end, not an endless loop", async () => {
  const ingest = await ingestForTest();
  await ingest.close();
  const run = await runScript("end", { args: ["natural", ingest.dsn, PATIENT] });
  expect(run.code).toBe(0);
  expect(end(run.stdout).waited).toBeLessThan(FAR_BELOW_MS);
  expect(end(run.stdout).announced).toBe(2);
});

describe("an awaited flush", () => {
  test.each(["cjs", "esm"] as const)(
    "keeps the process alive until it is done (%s)",
    async (format) => {
      const ingest = await ingestForTest({ reply: { delay: 300 } });
      const run = await runScript("end", { args: ["await-flush", ingest.dsn, PATIENT], format });
      expect(run.code).toBe(0);
      expect(lines(run.stdout)[0]).toEqual({ sent: true });
      expect(names(ingest)).toEqual(["first"]);
    },
  );
});

test("close sends pending metrics and removes all listeners", async () => {
  const ingest = await ingestForTest();
  const { stdout, code } = await runScript("end", { args: ["close", ingest.dsn, PATIENT] });
  expect(code).toBe(0);
  expect(lines(stdout)[0]).toMatchObject({
    // The one that belongs to the script.
    listeners: 1,
    stats: { recorded: 1, delivered: 1, pending: 0 },
  });
  expect(names(ingest)).toEqual(["first"]);
  expect(end(stdout).waited).toBeLessThan(FAR_BELOW_MS);
});
