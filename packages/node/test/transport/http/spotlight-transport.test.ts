import { describe, expect, test } from "vitest";
import { ingestForTest } from "../../support/ingest.js";
import { rawServer } from "../../support/raw-server.js";
import { runScript } from "../../support/run-script.js";
import type { Run } from "../../support/run-script.js";

interface End {
  readonly ms: number;
  readonly lost: number;
  readonly delivered: number;
  readonly pending: number;
}

const endOf = ({ stdout }: Run): End => JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as End;
const NOBODY = "http://127.0.0.1:1/stream";
const development = { NODE_ENV: "development" };

describe("an explorer that does not run", () => {
  test("costs one line and no time, and metrics for it alone are reported as dropped", async () => {
    const run = await runScript("spotlight-end", { args: [NOBODY], env: development });
    expect(run.stderr.trim().split("\n")).toEqual([
      expect.stringContaining(`No explorer answers at ${NOBODY}, so it gets no copies.`),
    ]);
    const { ms, ...counts } = endOf(run);
    expect(counts).toEqual({ lost: 250, delivered: 0, pending: 0 });
    expect(ms).toBeLessThan(1500);
  });

  test("costs one line where the environment names it", async () => {
    const env = { ...development, SENTRY_SPOTLIGHT: NOBODY };
    const run = await runScript("spotlight-end", { env });
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(endOf(run)).toMatchObject({ lost: 250, pending: 0 });
  });

  test("does not affect the main destination", async () => {
    const ingest = await ingestForTest();
    const args = [NOBODY, ingest.dsn];
    const run = await runScript("spotlight-end", { args, env: development });
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(endOf(run)).toMatchObject({ lost: 0, delivered: 250 });
    expect(ingest.metrics).toHaveLength(250);
  });

  test("logs nothing in production", async () => {
    expect((await runScript("spotlight-end", { args: [NOBODY] })).stderr).toBe("");
  });
});

test("a server at that URL that never answers does not delay the end by a second", async () => {
  const silent = await rawServer(() => {});
  const ingest = await ingestForTest();
  const args = [`${silent.url}/stream`, ingest.dsn];
  const end = endOf(await runScript("spotlight-end", { args, env: development }));
  expect(ingest.metrics).toHaveLength(250);
  expect(end.ms).toBeLessThan(1500);
});

test("an explorer that runs gets a copy of everything before the process ends", async () => {
  const explorer = await ingestForTest();
  const ingest = await ingestForTest();
  const args = [`${explorer.url}/stream`, ingest.dsn];
  const run = await runScript("spotlight-end", { args, env: development });
  expect(run.stderr).toBe("");
  expect(explorer.metrics).toHaveLength(250);
  expect(ingest.metrics).toHaveLength(250);
});
