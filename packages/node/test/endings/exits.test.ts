import { spawn } from "node:child_process";
import { once } from "node:events";
import { startIngest } from "@spanmeter/testing";
import { expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { bundle, runScript } from "../support/run-script.js";
import type { Run } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

/** Stacks name lines of the bundle and a node version; all else must be the same. */
const visible = ({ code, signal, stdout, stderr }: Run): unknown => ({
  code,
  signal,
  stdout,
  stderr: stderr.replace(/\n\s+at .*/g, ""),
});

const WAYS = [
  "natural",
  "exit",
  "exit in a timer",
  "exit in a promise",
  "exit while sending",
  "exit handler before",
  "exit handler after",
  "exit code",
  "SIGTERM",
  "SIGINT",
  "SIGHUP",
  "signal handler before",
  "signal handler after",
  "signal handler that stays",
  "throw",
  "throw later",
  "rejection",
  "thread: natural",
  "thread: exit",
  "thread: throw later",
  "cluster: exit",
  "cluster: SIGTERM",
  "fork: natural",
  "fork: exit",
  "fork: SIGTERM",
];

/** The rows in which a batch has left before the end, so that whether it arrived is not known. */
const AMBIGUOUS = new Set([
  "exit while sending",
  "signal handler before",
  "signal handler after",
  "signal handler that stays",
  "exit in a timer",
  "throw later",
  "thread: throw later",
]);

interface Row {
  readonly plain: unknown;
  readonly ours: unknown;
  readonly numbers: readonly number[];
  readonly left: readonly string[];
}

async function run(way: string): Promise<Row> {
  const ingest = await startIngest();
  const { home, files } = await stateForTest();
  const env = { XDG_STATE_HOME: home };
  const plain = visible(await runScript("ending", { args: [way], env }));
  const ours = visible(await runScript("ending", { args: [way, ingest.dsn], env }));
  const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["number"]));
  await ingest.close();
  return { plain, ours, numbers, left: await files() };
}

/** At most four at a time, so that a small machine keeps up. */
async function runAll(ways: readonly string[]): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  const waiting = [...ways];
  const lane = async (): Promise<void> => {
    for (let way = waiting.shift(); way; way = waiting.shift()) rows.set(way, await run(way));
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return rows;
}

test("however a process ends, nothing is lost and the end is as it would be without us", async () => {
  const rows = await runAll(WAYS);
  const results = WAYS.map((way) => {
    const row = rows.get(way)!;
    const kept = new Set(row.numbers).size;
    const doubled = AMBIGUOUS.has(way) ? 0 : row.numbers.length - kept;
    return { way, end: row.ours, lost: 250 - kept, doubled, left: row.left };
  });
  expect(results).toEqual(
    WAYS.map((way) => ({ way, end: rows.get(way)!.plain, lost: 0, doubled: 0, left: [] })),
  );
}, 60_000);

/** Runs the script by a shell, with what it prints led into `head`. */
async function intoHead(dsn: string, home: string): Promise<number> {
  const script = await bundle("ending", "cjs");
  const line = `"${process.execPath}" "${script}" head ${dsn} 2>/dev/null | head -1; echo "$?"`;
  const child = spawn("bash", ["-c", `set -o pipefail; ${line}`], {
    env: { PATH: process.env["PATH"], XDG_STATE_HOME: home },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await once(child, "close");
  return Number(out.trim().split("\n").at(-1));
}

test("a process whose reader is gone loses nothing, and ends as it would without us", async () => {
  const ingest = await ingestForTest();
  const { home } = await stateForTest();
  expect(await intoHead(ingest.dsn, home)).toBe(await intoHead("", home));
  expect(ingest.metrics).toHaveLength(250);
});

test("metrics that an exit handler records are sent too", async () => {
  const ingest = await ingestForTest();
  const { home } = await stateForTest();
  await runScript("ending", {
    args: ["recorded in an exit handler", ingest.dsn],
    env: { XDG_STATE_HOME: home },
  });
  // A batch of a hundred may have left before the end, without an answer yet.
  expect([251, 351]).toContain(ingest.metrics.length);
});

test.each(["kill -9", "thread: forever"])(
  "'%s' loses no more than what was recorded since the last flush, and sends nothing twice",
  async (way) => {
    const ingest = await ingestForTest();
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const plain = visible(await runScript("ending", { args: [way], env }));
    const ours = visible(await runScript("ending", { args: [way, ingest.dsn], env }));
    expect(ours).toEqual(plain);
    const numbers = ingest.metrics.map(({ attributes }) => attributes["number"]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(await files()).toEqual([]);
  },
);
