import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readAndSend } from "../../src/spool/read-and-send.js";
import type { SendOutcome } from "../../src/spool/read-and-send.js";
import { readRecords } from "../../src/spool/spool-records.js";
import { writeSpool } from "../../src/spool/spool-file.js";
import { ingestForTest } from "../support/ingest.js";
import { runNextProcess, runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const DSN = "https://key@o1.ingest.test/1";
const LIMIT = 60 * 1024;

test("envelopes that are too large for a server at an exit are sent in parts by the next process", async () => {
  const ingest = await ingestForTest({
    reply: ({ body }) => (body.length > LIMIT ? { status: 413 } : undefined),
  });
  const { home, files } = await stateForTest();
  const env = { XDG_STATE_HOME: home };
  const { stdout } = await runScript("large-end", { args: ["3000", ingest.dsn], env });
  expect(stdout).toBe("[]");
  expect(await files()).not.toEqual([]);
  await runNextProcess(ingest.dsn, home);
  const numbers = ingest.metrics
    .filter(({ name }) => name === "kept")
    .map(({ attributes }) => Number(attributes["number"]));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  expect(await files()).toEqual([]);
  ingest.assertClean();
});

/** An envelope with so many metrics and a client report. */
function body(count: number): Buffer {
  const items = Array.from({ length: count }, (_, i) => ({ name: `m${i}` }));
  return Buffer.from(
    [
      "{}",
      '{"type":"client_report"}',
      '{"discarded_events":[]}',
      JSON.stringify({ type: "trace_metric", item_count: count }),
      JSON.stringify({ version: 2, items }),
    ].join("\n"),
  );
}

/** Sends the envelopes of the folder to a server that accepts so many metrics at once, for so many times. */
async function collect(
  folder: string,
  most: number,
  times = Infinity,
): Promise<{ names: string[]; reports: number; lost: number }> {
  const result = { names: [] as string[], reports: 0, lost: 0 };
  const send = async (items: readonly [object, unknown][]): Promise<SendOutcome> => {
    const [header, payload] = items.find(([each]) => "item_count" in each) ?? [];
    const found = (JSON.parse(String(payload)) as { items: { name: string }[] }).items;
    expect(header).toMatchObject({ item_count: found.length });
    if (found.length > most) return "too-large";
    if (times-- <= 0) return "later";
    result.names.push(...found.map(({ name }) => name));
    result.reports += items.length - 1;
    return "accepted";
  };
  await readAndSend({
    folder,
    dsn: DSN,
    send: ([, items]) => send(items),
    drop: (_, reason) => (result.lost += reason === "send_error" ? 1 : 100),
  });
  return result;
}

const all = (count: number): string[] => Array.from({ length: count }, (_, i) => `m${i}`).sort();

test.each([1, 2, 7, 12, 13])(
  "parts of at most %i of 13 metrics carry each of them once",
  async (most) => {
    const { home } = await stateForTest();
    writeSpool(home, DSN, [body(13)]);
    const { names, reports, lost } = await collect(home, most);
    expect(names.sort()).toEqual(all(13));
    expect({ reports, lost }).toEqual({ reports: 1, lost: 0 });
    expect(await readdir(home)).toEqual([]);
  },
);

test("an envelope that was split and has to wait is complete in its file, without the part that arrived", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(13)]);
  const first = await collect(home, 4, 2);
  const [name = ""] = await readdir(home);
  expect(readRecords(await readFile(join(home, name))).torn).toHaveLength(0);
  const second = await collect(home, 4);
  expect(first.names.length).toBeGreaterThan(0);
  expect([...first.names, ...second.names].sort()).toEqual(all(13));
});

test("a single metric that is too large is reported as dropped", async () => {
  const { home } = await stateForTest();
  writeSpool(home, DSN, [body(3)]);
  expect(await collect(home, 0)).toEqual({ names: [], reports: 0, lost: 3 });
  expect(await readdir(home)).toEqual([]);
});
