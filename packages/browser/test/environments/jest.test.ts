import { startIngest, type IngestServer } from "@spanmeter/testing";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, "../../dist");

/** The folder of an application. */
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spanmeter-jest-"));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

let ingest: IngestServer;
beforeEach(async () => {
  ingest = await startIngest();
});
afterEach(async () => {
  await ingest.close();
  ingest.assertClean();
});

const jsdom = require.resolve("jest-environment-jsdom");

/** jsdom with node's `fetch`, as many applications set it up; everything else belongs to jsdom's realm. */
const withFetch = `
  const { TestEnvironment } = require(${JSON.stringify(jsdom)});
  module.exports = class extends TestEnvironment {
    async setup() {
      await super.setup();
      this.global.fetch = fetch;
    }
  };`;

interface Run {
  /** The built file: jest 29 resolves the production file, jest 30 the other one. */
  readonly build: string;
  readonly environment: string;
  /** The body of the application's test. */
  readonly body: string;
}

/** Runs a test file in jest, which fails it for uncaught errors, and returns the logged lines. */
async function runJest({ build, environment, body }: Run): Promise<unknown[][]> {
  const testFile = `
    const { flush, init, metrics, getClient } = require(${JSON.stringify(join(dist, build))});
    test("a test of an application", async () => {
      const written = ["log", "warn", "error"].map((level) => jest.spyOn(console, level));
      ${body}
      const lines = written.flatMap((spy) => spy.mock.calls);
      require("node:fs").writeFileSync("written.json", JSON.stringify(lines));
    });`;
  await Promise.all([
    writeFile(join(folder, "app.test.js"), testFile),
    writeFile(join(folder, "environment.js"), environment),
    writeFile(join(folder, "package.json"), "{}"),
  ]);
  const config = { testEnvironment: join(folder, "environment.js"), transform: {} };
  const args = [require.resolve("jest/bin/jest"), "--config", JSON.stringify(config)];
  const env = { ...process.env, NODE_ENV: "test" };
  await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  return JSON.parse(await readFile(join(folder, "written.json"), "utf8")) as unknown[][];
}

const withoutFetch = `module.exports = require(${JSON.stringify(jsdom)});`;

test.for([
  ["index.production.cjs", []],
  // One line says why nothing is sent.
  ["index.cjs", [["[spanmeter]", expect.stringContaining("needs `fetch`")]]],
] as const)(
  "under jest and jsdom without fetch, %s throws nothing and the test passes",
  async ([build, lines]) => {
    const written = await runJest({
      build,
      environment: withoutFetch,
      body: `
        init({ dsn: "${ingest.dsn}", flushInterval: 10 });
        metrics.count("app.started");
        // The client's timer fires, and the send fails.
        while (getClient().stats().envelopes === 0) await new Promise((r) => setTimeout(r, 10));
        expect(await flush(100)).toBe(false);
        expect(getClient().stats()).toMatchObject({ pending: 1, platformErrors: 0 });`,
    });
    expect(written).toEqual(lines);
    expect(ingest.requests).toEqual([]);
  },
);

test("under jest and jsdom with node's fetch, metrics arrive once", async () => {
  const written = await runJest({
    build: "index.production.cjs",
    environment: withFetch,
    body: `
      init({ dsn: "${ingest.dsn}", flushInterval: 10 });
      metrics.count("app.started");
      while (getClient().stats().delivered === 0) await new Promise((r) => setTimeout(r, 10));
      metrics.count("app.used");
      expect(await flush(5_000)).toBe(true);
      expect(getClient().stats()).toMatchObject({ delivered: 2, envelopes: 2, platformErrors: 0 });`,
  });
  expect(written).toEqual([]);
  expect(ingest.metrics.map(({ name }) => name)).toEqual(["app.started", "app.used"]);
});
