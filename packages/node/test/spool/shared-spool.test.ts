import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Drop } from "../../src/index.js";
import { readAndSend } from "../../src/spool/read-and-send.js";
import { readRecords } from "../../src/spool/spool-records.js";
import { ingestForTest } from "../support/ingest.js";
import { unreachableServer } from "../support/unreachable-server.js";
import { bundle, runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const DSN = "https://key@o1.ingest.test/1";

test("processes that share a folder send each metric exactly once when the server comes back in the middle", async () => {
  const ingest = await ingestForTest();
  const { dsn, resetConnections, open } = await unreachableServer(ingest.dsn);
  const { home, files } = await stateForTest();
  const env = { XDG_STATE_HOME: home };
  const share = (who: string, ...stopFile: string[]): Promise<unknown> =>
    runScript("spool-sharer", { args: [dsn, who, "150", ...stopFile], env });
  // Eight processes store files.
  await Promise.all(Array.from({ length: 8 }, (_, i) => share(`gone${i}`)));
  expect((await files()).length).toBeGreaterThanOrEqual(8);
  // Three go on, and the server returns meanwhile.
  const stopFile = join(home, "stop");
  const living = Promise.all(["a", "b", "c"].map((who) => share(who, stopFile)));
  await resetConnections(6);
  await open();
  const numbers = (): string[] =>
    ingest.metrics
      .filter(({ name }) => name === "kept")
      .map(({ attributes }) => String(attributes["number"]));
  await ingest.waitFor(() => new Set(numbers()).size === 11 * 150);
  await expect.poll(files).toEqual([]);
  await writeFile(stopFile, "");
  await living;
  expect(numbers()).toHaveLength(11 * 150);
  expect(await files()).toEqual([]);
  ingest.assertClean();
});

/** Kills a writer after so many milliseconds. Resolves with the number of files that it had finished. */
async function killWriter(folder: string, ms: number): Promise<number> {
  const child = spawn(process.execPath, [bundle("spool-writer", "cjs"), folder, DSN], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child.stdout, "readable");
  setTimeout(() => child.kill("SIGKILL"), ms);
  await once(child, "close");
  const lines = output.split("\n").slice(0, -1);
  expect(lines.every((line) => line.endsWith(" 8"))).toBe(true);
  return lines.length;
}

test("a writer that is killed at any moment loses only the torn tail of its last file", async () => {
  let found = 0;
  for (let round = 0; round < 12; round++) {
    const { home } = await stateForTest();
    const finished = await killWriter(home, Math.random() * 30);
    const names = await readdir(home);
    const unfinished = names.filter((name) => name.endsWith("writing"));
    expect(unfinished.length).toBeLessThanOrEqual(1);
    for (const name of names) expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
    found += unfinished.length;
    const sent: { file: number; at: number; padding: string }[] = [];
    await readAndSend({
      folder: home,
      dsn: DSN,
      async send([, items]) {
        sent.push(JSON.parse(String(items[0]?.[1])) as (typeof sent)[number]);
        return "accepted";
      },
      drop() {},
    });
    const keys = sent.map(({ file, at }) => `${file}.${at}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { at, padding } of sent) expect(padding).toHaveLength(20_000 * (1 + (at % 3)));
    for (let file = 0; file < finished; file++)
      for (let at = 0; at < 8; at++) expect(keys).toContain(`${file}.${at}`);
    expect(await readdir(home)).toEqual([]);
  }
  // Most of them were killed in the middle of a file.
  expect(found).toBeGreaterThan(0);
});

test("the metrics of a torn record are reported as dropped, if its header names their number", async () => {
  const { home } = await stateForTest();
  await runScript("spool-writer", { args: [home, DSN, "once"] });
  const [name = ""] = await readdir(home);
  const bytes = await readFile(join(home, name));
  // In the middle of the last of eight records.
  await writeFile(join(home, name), bytes.subarray(0, bytes.length - 100));
  const lost: string[] = [];
  let sent = 0;
  await readAndSend({
    folder: home,
    dsn: DSN,
    send: async () => (sent++, "accepted"),
    drop: (body) => lost.push(String(body)),
  });
  expect(sent).toBe(7);
  expect(lost).toHaveLength(1);
  expect(lost[0]).toContain('"item_count":1');
  expect(await readdir(home)).toEqual([]);
});

/** Simulates a full disk: no file may grow beyond so many KiB, and node ignores the signal for it. */
async function onFullDisk(kib: number, args: readonly string[], env: object): Promise<string> {
  const script = bundle(args[0]!, "cjs");
  const quoted = [process.execPath, script, ...args.slice(1)].map((each) => `'${each}'`).join(" ");
  const child = spawn("bash", ["-c", `ulimit -f ${kib}; exec ${quoted}`], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await once(child, "close");
  return out;
}

test("a full disk stores complete records only, and their number is returned", async () => {
  const { home } = await stateForTest();
  expect(await onFullDisk(100, ["spool-writer", home, DSN, "once"], {})).toBe("0 2\n");
  const [name = "", ...others] = await readdir(home);
  expect(others).toEqual([]);
  const { records, torn } = readRecords(await readFile(join(home, name)));
  expect(records).toHaveLength(2);
  expect(torn).toHaveLength(0);
  await rm(join(home, name));
  expect(await onFullDisk(10, ["spool-writer", home, DSN, "once"], {})).toBe("0 0\n");
  expect(await readdir(home)).toEqual([]);
});

/** Not even root can create a folder here. */
const FORBIDDEN = "/proc/self/spanmeter";

test.each(["a file", "a folder that cannot be created", "a folder on a full disk"])(
  "a spool that is %s does not change how the process ends, and dropped metrics are reported",
  async (kind) => {
    const { home } = await stateForTest();
    const file = join(home, "file");
    await writeFile(file, "");
    const spool = { "a file": file, "a folder that cannot be created": FORBIDDEN }[kind] ?? home;
    const args = ["lossy-end", "http://key@127.0.0.1:1/1", spool];
    const out = await onFullDisk(kind.endsWith("disk") ? 1 : 100_000, args, {});
    const { code, drops } = JSON.parse(out) as { code: number; drops: Drop[] };
    expect(code).toBe(7);
    expect(drops.map(({ reason }) => reason)).toEqual(["network_error", "network_error"]);
    expect(drops.reduce((sum, { metrics }) => sum + metrics, 0)).toBe(250);
  },
);
