import { mkdir, readFile, readdir, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { frame, readRecords } from "../../src/spool/spool-records.js";
import { MAX_SPOOL_BYTES, writeSpool } from "../../src/spool/spool-file.js";
import { readAndSend } from "../../src/spool/read-and-send.js";
import { destinationOf } from "../../src/spool/spool-name.js";
import { unreachableServer } from "../support/unreachable-server.js";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const DSN = "https://key@o1.ingest.test/1";
const body = (number: number): Buffer =>
  Buffer.from(`{}\n{"type":"trace_metric","item_count":1}\n{"number":${number}}`);

/** Sends the envelopes of the folder to a list. */
async function collect(
  folder: string,
  end: "accepted" | "rejected" | "later" = "accepted",
): Promise<{ sent: string[]; lost: string[] }> {
  const sent: string[] = [];
  const lost: string[] = [];
  await readAndSend({
    folder,
    dsn: DSN,
    async send([, items]) {
      sent.push(String(items[0]?.[1]));
      return end;
    },
    drop: (_, reason) => lost.push(reason),
  });
  return { sent, lost };
}

test.each(["exit", "SIGTERM", "natural", "custom"])(
  "metrics of a process that ended by '%s' while the server was down are sent by the next one with the same DSN",
  async (way) => {
    const ingest = await ingestForTest();
    const { dsn, open } = await unreachableServer(ingest.dsn);
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    await runScript("ending", { args: [way, dsn], env });
    expect(await files()).not.toEqual([]);
    for (const file of await files())
      expect((await stat(join(home, "spanmeter", file))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, "spanmeter"))).mode & 0o777).toBe(0o700);
    await open();
    await runScript("ending", { args: ["natural", dsn, "60000"], env });
    expect(ingest.metrics).toHaveLength(500);
    expect(await files()).toEqual([]);
  },
);

test("a server that hangs delays the end by two seconds at most, and nothing is lost", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const { home, files } = await stateForTest();
  const began = performance.now();
  await runScript("ending", { args: ["exit", ingest.dsn], env: { XDG_STATE_HOME: home } });
  // Every other limit of the script is a minute.
  expect(performance.now() - began).toBeLessThan(30_000);
  const [file = ""] = await files();
  expect(readRecords(await readFile(join(home, "spanmeter", file))).records).not.toHaveLength(0);
});

test("a console transport stores nothing", async () => {
  const { home, files } = await stateForTest();
  await runScript("ending", { args: ["console", DSN], env: { XDG_STATE_HOME: home } });
  expect(await files()).toEqual([]);
});

test("a folder that cannot be created does not change how the process ends", async () => {
  const { home } = await stateForTest();
  await writeFile(join(home, "file"), "");
  const env = { XDG_STATE_HOME: join(home, "file") };
  const run = await runScript("ending", { args: ["exit", "http://key@127.0.0.1:1/1"], env });
  expect(run).toMatchObject({ code: 7, stderr: "" });
});

test("all complete records are read from a file torn at any byte", () => {
  const bodies = [body(1), body(22), body(333)];
  const file = Buffer.concat(bodies.map(frame));
  const ends = bodies.map((_, at) => Buffer.concat(bodies.slice(0, at + 1).map(frame)).length - 1);
  for (let cut = 0; cut <= file.length; cut++) {
    const whole = ends.filter((end) => end <= cut).length;
    const { records: found } = readRecords(file.subarray(0, cut));
    expect(found.map((record) => record.body.toString())).toEqual(
      bodies.slice(0, whole).map(String),
    );
  }
});

test("reading stops at a record with a changed byte", () => {
  const file = Buffer.concat([frame(body(1)), frame(body(2))]);
  file[file.length - 3]! ^= 1;
  expect(readRecords(file).records).toHaveLength(1);
});

test("clients that share a folder send each envelope once", async () => {
  const { home } = await stateForTest();
  for (let i = 0; i < 20; i++) writeSpool(home, DSN, [body(i), body(100 + i)]);
  const all = await Promise.all([1, 2, 3, 4].map(() => collect(home)));
  const sent = all.flatMap((each) => each.sent);
  expect(sent).toHaveLength(40);
  expect(new Set(sent).size).toBe(40);
});

test("envelopes that have to wait stay stored, and files of another DSN are not changed", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(1), body(2)]);
  writeSpool(home, `${DSN}0`, [body(3)]);
  expect(await collect(home, "later")).toMatchObject({ sent: [expect.anything()], lost: [] });
  expect((await collect(home)).sent).toHaveLength(2);
  expect((await collect(home)).sent).toHaveLength(0);
});

test("the oldest file is sent first", async () => {
  const { home } = await stateForTest();
  const ages = [3, 1, 4, 2, 5];
  await mkdir(home, { recursive: true });
  for (const age of ages) {
    const name = `${destinationOf(DSN)}-${Date.now() - age * 60_000}-00000000-1-00.ready`;
    await writeFile(join(home, name), frame(body(age)));
  }
  const { sent } = await collect(home);
  expect(sent.map((text) => (JSON.parse(text) as { number: number }).number)).toEqual([
    5, 4, 3, 2, 1,
  ]);
});

test("rejected envelopes, and those older than a week, are reported as dropped", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(1)]);
  expect((await collect(home, "rejected")).lost).toEqual(["send_error"]);
  const old = `${destinationOf(DSN)}-${Date.now() - 8 * 86_400_000}-00000000-1-00.ready`;
  await writeFile(join(home, old), frame(body(1)));
  expect(await collect(home)).toEqual({ sent: [], lost: ["network_error"] });
});

test("the file that a killed process had claimed is recovered", async () => {
  const { home } = await stateForTest();
  await mkdir(home, { recursive: true });
  writeSpool(home, DSN, [body(1)]);
  const [name = ""] = await readdir(home);
  // The largest pid on Linux is 2^22.
  const claimed = name.replace(`-${process.pid}-`, "-4194999-").replace(/ready$/, "sending");
  await rename(join(home, name), join(home, claimed));
  expect((await collect(home)).sent).toHaveLength(1);
});

test("a file is recovered when another process has the pid of its owner, but not while it is being sent", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(1)]);
  const [name = ""] = await readdir(home);
  // A process that lives as long as this one, and does not use the file.
  const theirs = join(
    home,
    name.replace(`-${process.pid}-`, `-${process.ppid}-`).replace(/ready$/, "sending"),
  );
  await rename(join(home, name), theirs);
  expect((await collect(home)).sent).toHaveLength(0);
  const before = Date.now() / 1000 - 11 * 60;
  await utimes(theirs, before, before);
  expect((await collect(home)).sent).toHaveLength(1);
});

test("the file of an earlier process with our pid, as in a restarted container, is sent immediately", async () => {
  const { home } = await stateForTest();
  for (const state of ["sending", "writing"]) {
    writeSpool(home, DSN, [body(1)]);
    const [name = ""] = await readdir(home);
    const mine = join(home, name.replace(/ready$/, state));
    await rename(join(home, name), mine);
    // Another thread of this process may be sending it.
    expect((await collect(home)).sent).toHaveLength(0);
    const before = Date.now() / 1000 - process.uptime() - 1;
    await utimes(mine, before, before);
    expect((await collect(home)).sent).toHaveLength(1);
  }
});

test("a file that is hours old is sent once, although others look while it is sent", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(1)]);
  const [name = ""] = await readdir(home);
  const before = Date.now() / 1000 - 3 * 3600;
  await utimes(join(home, name), before, before);
  let others = 0;
  await readAndSend({
    folder: home,
    dsn: DSN,
    async send() {
      others += (await collect(home)).sent.length;
      return "accepted";
    },
    drop() {},
  });
  expect(others).toBe(0);
  expect(await readdir(home)).toEqual([]);
});

test("an old file that cannot be removed does not block the others", async () => {
  const { home } = await stateForTest();
  await mkdir(home, { recursive: true });
  // A folder cannot be removed like a file.
  await mkdir(join(home, `${"0".repeat(16)}-1-00000000-1-00.ready`));
  writeSpool(home, DSN, [body(1)]);
  expect((await collect(home)).sent).toHaveLength(1);
});

test("a full folder stores no more envelopes", async () => {
  const { home } = await stateForTest();
  const large = Buffer.alloc(MAX_SPOOL_BYTES / 2 - 100);
  expect(writeSpool(home, DSN, [large, large])).toBe(2);
  expect(writeSpool(home, DSN, [body(1), large])).toBe(1);
});
