import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rename, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSpool } from "../../src/spool/spool-file.js";
import { ingestForTest } from "../support/ingest.js";
import { bundle, runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

test("with two copies of the package a process ends by the signal and loses nothing", async () => {
  const ingest = await ingestForTest();
  const { home } = await stateForTest();
  const other = bundle("copy", "cjs");
  const { signal, stderr } = await runScript("two-copies", {
    args: [ingest.dsn, other],
    env: { XDG_STATE_HOME: home },
  });
  expect({ signal, stderr }).toEqual({ signal: "SIGTERM", stderr: "" });
  expect(ingest.metrics).toHaveLength(2);
});

/** A namespace in which the script is process 1: the kernel discards signals that such a process does not handle. */
const [command, flags] = ["unshare", "-Urpf"] as const;
const hasNamespaces = spawnSync(command, [flags, "true"]).status === 0;

test.skipIf(!hasNamespaces)(
  "the first process of a container, which a signal does not end, goes on and loses nothing",
  async () => {
    const ingest = await ingestForTest();
    const { home, files } = await stateForTest();
    const args = [
      bundle("ending", "cjs"),
      "first process of a container",
      ingest.dsn,
      "2000",
      "all answered",
    ];
    const env = { PATH: process.env["PATH"], XDG_STATE_HOME: home };
    const child = spawn(command, [flags, process.execPath, ...args], { env, stdio: "ignore" });
    expect(await once(child, "exit")).toEqual([2, null]);
    const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["number"]));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(await files()).toEqual([]);
  },
);

test.skipIf(!hasNamespaces)(
  "the first process of a container immediately sends the file that its killed predecessor was sending",
  async () => {
    const ingest = await ingestForTest();
    const { home, files } = await stateForTest();
    const folder = join(home, "spanmeter");
    const item = '{"timestamp":1,"trace_id":"0","name":"old","type":"counter","value":1}';
    const body = `{}\n{"type":"trace_metric","item_count":1}\n{"version":2,"items":[${item}]}`;
    writeSpool(folder, ingest.dsn, [Buffer.from(body)]);
    const [name = ""] = await files();
    const claimed = name.replace(`-${process.pid}-`, "-1-").replace(/ready$/, "sending");
    await rename(join(folder, name), join(folder, claimed));
    // A container takes time to start again. The ages of files are too small by the time that a busy process needs to
    // learn the clock of the folder, so the file must be older than this process by more than that.
    const touched = Date.now() / 1000 - 1;
    await utimes(join(folder, claimed), touched, touched);
    const env = { PATH: process.env["PATH"], XDG_STATE_HOME: home };
    const args = [
      flags,
      process.execPath,
      bundle("ending", "cjs"),
      "next process",
      ingest.dsn,
      "60000",
    ];
    await once(spawn(command, args, { env, stdio: "ignore" }), "exit");
    expect(ingest.requests.map(({ body: each }) => String(each))).toContainEqual(
      expect.stringContaining('"old"'),
    );
    expect(await files()).toEqual([]);
  },
);
