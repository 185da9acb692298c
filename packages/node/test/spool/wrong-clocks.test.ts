import { mkdir, readdir, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAndSend } from "../../src/spool/read-and-send.js";
import { destinationOf } from "../../src/spool/spool-name.js";
import { frame } from "../../src/spool/spool-records.js";
import { writeSpool } from "../../src/spool/spool-file.js";
import { unreachableServer } from "../support/unreachable-server.js";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const DSN = "https://key@o1.ingest.test/1";
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const body = Buffer.from('{}\n{"type":"trace_metric","item_count":1}\n{"number":1}');

interface Look {
  readonly sent: number;
  readonly lost: readonly string[];
}

/** Reads the folder once. Resolves with the number of envelopes sent, and the reasons of dropped ones. */
async function look(folder: string, end: "accepted" | "later" = "accepted"): Promise<Look> {
  let sent = 0;
  const lost: string[] = [];
  const send = async (): Promise<typeof end> => (sent++, end);
  await readAndSend({ folder, dsn: DSN, send, drop: (_, reason) => lost.push(reason) });
  return { sent, lost };
}

/** Writes a file into the folder. Resolves with its path. */
async function fileFor(
  folder: string,
  { written, owner, state }: { written: number; owner: string; state: string },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${destinationOf(DSN)}-${written}-${owner}-00.${state}`);
  await writeFile(path, frame(body));
  return path;
}

const minutesAgo = (minutes: number): number => Date.now() / 1000 - minutes * 60;

describe.each([
  ["from 1970", 5],
  ["from an hour ahead", Date.now() + HOUR],
  ["from ten years ahead", Date.now() + 10 * YEAR],
])("a file that is dated %s", (_, written) => {
  test("is sent once", async () => {
    const { home } = await stateForTest();
    await fileFor(home, { written, owner: "00000000-1", state: "ready" });
    expect(await look(home)).toEqual({ sent: 1, lost: [] });
    expect(await readdir(home)).toEqual([]);
  });

  test("stays while the server is down, and its age counts from then on", async () => {
    const { home } = await stateForTest();
    await fileFor(home, { written, owner: "00000000-1", state: "ready" });
    expect(await look(home, "later")).toEqual({ sent: 1, lost: [] });
    const [name = ""] = await readdir(home);
    expect(Number(name.split("-")[1])).toBeLessThan(Date.now() + 2 * HOUR);
    expect(Number(name.split("-")[1])).toBeGreaterThan(Date.now() - HOUR);
    expect(await look(home)).toEqual({ sent: 1, lost: [] });
  });

  test("for another destination gets a new date, and is removed after a week", async () => {
    const { home } = await stateForTest();
    const path = await fileFor(home, { written, owner: "00000000-1", state: "ready" });
    await rename(path, path.replace(destinationOf(DSN), "0".repeat(16)));
    expect(await look(home)).toEqual({ sent: 0, lost: [] });
    const [name = ""] = await readdir(home);
    expect(Number(name.split("-")[1])).toBeLessThan(Date.now() + 2 * HOUR);
    expect(Number(name.split("-")[1])).toBeGreaterThan(Date.now() - HOUR);
  });
});

describe.each([
  ["1970", 1],
  ["ten years ahead", (Date.now() + 10 * YEAR) / 1000],
])("a file that another process may be sending, touched in %s", (_, touched) => {
  test.each(["another host", "a process that lives"])(
    "stays with %s, and is claimed after ten more minutes without a touch",
    async (whose) => {
      const { home } = await stateForTest();
      writeSpool(home, DSN, [body]);
      const [name = ""] = await readdir(home);
      const [, , host] = name.split("-");
      const owner = whose === "another host" ? "00000000-1" : `${host}-${process.ppid}`;
      const path = await fileFor(home, { written: Date.now(), owner, state: "sending" });
      await utimes(path, touched, touched);
      expect(await look(home)).toEqual({ sent: 1, lost: [] });
      const { mtimeMs } = await stat(path);
      expect(Math.abs(Date.now() - mtimeMs)).toBeLessThan(HOUR);
      await utimes(path, minutesAgo(11), minutesAgo(11));
      expect(await look(home)).toEqual({ sent: 1, lost: [] });
      expect(await readdir(home)).toEqual([]);
    },
  );
});

const SHIFTS = [-60 * YEAR, -3 * HOUR, 3 * HOUR, 30 * 24 * HOUR, 10 * YEAR];

test.each(SHIFTS)(
  "metrics stored by a process whose clock is %i ms off are sent by one whose clock is right",
  async (shift) => {
    const ingest = await ingestForTest();
    const { dsn, open } = await unreachableServer(ingest.dsn);
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    await runScript("shifted-clock", { args: [String(shift), "exit", dsn], env });
    expect(await files()).toEqual([expect.stringMatching(/ready$/)]);
    await open();
    await runScript("ending", { args: ["next process", dsn], env });
    expect(ingest.metrics.filter(({ name }) => name === "kept")).toHaveLength(250);
    expect(await files()).toEqual([]);
  },
);

test.each(SHIFTS)(
  "a process whose clock is %i ms off sends stored files, but not those that others are sending",
  async (shift) => {
    const ingest = await ingestForTest();
    const { home, files } = await stateForTest();
    const folder = join(home, "spanmeter");
    const text = '{}\n{"type":"trace_metric","item_count":1}\n{"version":2,"items":[]}';
    writeSpool(folder, ingest.dsn, [Buffer.from(text)]);
    writeSpool(folder, ingest.dsn, [Buffer.from(text)]);
    const [name = ""] = await files();
    // This process is alive and has just touched the file.
    await rename(join(folder, name), join(folder, name.replace(/ready$/, "sending")));
    const env = { XDG_STATE_HOME: home };
    await runScript("shifted-clock", { args: [String(shift), "next process", ingest.dsn], env });
    expect(await files()).toEqual([name.replace(/ready$/, "sending")]);
    expect(ingest.requests.filter(({ body }) => String(body).includes('"items":[]'))).toHaveLength(
      1,
    );
  },
);

test.each([-3 * HOUR, 3 * HOUR])(
  "setting the clock by %i ms while a process ends does not change how long it waits",
  async (shift) => {
    const ingest = await ingestForTest({ reply: { fault: "hang" } });
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const began = performance.now();
    await runScript("shifted-clock", { args: [String(shift), "step", ingest.dsn], env });
    expect(performance.now() - began).toBeGreaterThan(500);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(await files()).toEqual([expect.stringMatching(/ready$/)]);
  },
);
