import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { binaryOf, isSupported, onlyOn } from "./support/binaries.js";
import { tryEndings } from "./support/endings.js";
import { ingestForTest } from "./support/ingest.js";
import { runFixture } from "./support/run.js";

const LOOPBACK = "--allow-net=127.0.0.1";

async function stateForTest(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "spanmeter-deno-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

describe.skipIf(!isSupported)(`Deno${onlyOn}`, () => {
  test.for([
    { way: "natural", code: 0 },
    { way: "Deno.exit()", code: 7 },
    { way: "an uncaught exception", code: 1 },
    { way: "a rejection", code: 1 },
    { way: "an exception in the module", code: 1 },
    { way: "an exception that a listener counts", code: 1, later: true },
    { way: "an exception that a listener prevents", code: 0, later: true },
    { way: "an exception that a handler takes", code: 0, later: true },
  ])("delivers pending metrics at the end by $way", async ({ way, code, later }) => {
    const ingest = await ingestForTest();
    const run = await runFixture("deno-ending", {
      runtime: "deno",
      flags: ["--allow-all"],
      args: [way, ingest.dsn],
      home: await stateForTest(),
    });
    expect(run).toMatchObject({ code, signal: null });
    const names = ingest.metrics.map(({ name }) => name);
    expect(names).toEqual(["recorded", ...(later ? ["later"] : [])]);
    ingest.assertClean();
  });

  test.for([
    { flags: [LOOPBACK] },
    { flags: [LOOPBACK, "--allow-env=SENTRY_DSN"] },
    { flags: [LOOPBACK, "--allow-env"] },
    { flags: [LOOPBACK, "--allow-sys"] },
  ])("delivers with only $flags, and logs nothing", async ({ flags }) => {
    const ingest = await ingestForTest();
    for (const way of ["natural", "Deno.exit()"]) {
      const run = await runFixture("deno-ending", {
        runtime: "deno",
        flags,
        args: [way, ingest.dsn],
      });
      expect(run).toMatchObject({ code: way === "natural" ? 0 : 7, stdout: "", stderr: "" });
    }
    expect(ingest.metrics).toHaveLength(2);
    const hasHostName = ingest.metrics.map(({ attributes }) => "server.address" in attributes);
    const isNamed = flags.includes("--allow-sys");
    expect(hasHostName).toEqual([isNamed, isNamed]);
    ingest.assertClean();
  });

  test("init() throws nothing into an application without any permission", async () => {
    const run = await runFixture("deno-ending", {
      runtime: "deno",
      args: ["Deno.exit()", "http://public@127.0.0.1:9/1"],
    });
    expect(run).toMatchObject({ code: 7, signal: null, stdout: "" });
  });

  test("@spanmeter/browser does not keep the process alive", async () => {
    const run = await runFixture("browser-on-server", { runtime: "deno", flags: ["--allow-all"] });
    expect(run).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });

  test("a process that ends in a way of node loses nothing, and ends as it would without Spanmeter", async () => {
    const runtime = [binaryOf("deno"), "run", "--allow-all", "--quiet"] as const;
    // Deno cannot start a thread in a process of node:cluster, so the next process sends its metrics. Deno
    // itself prints an error about it.
    const { trials, expected } = await tryEndings(runtime, (way) => way.startsWith("cluster"));
    expect(trials).toEqual(expected);
  }, 240_000);
});
