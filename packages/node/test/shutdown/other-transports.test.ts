import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "../../src/index.js";
import type { NodeClient, Transport, TransportOptions } from "../../src/index.js";
import { readRecords } from "../../src/spool/spool-records.js";
import { writeSpool } from "../../src/spool/spool-file.js";
import { nodeRuntime } from "../../src/runtime/node-runtime.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

const DSN = "https://key@o1.ingest.test/1";

type Answer = (options: TransportOptions) => unknown;

/** A client with a transport of the application, and the names that it sent. */
function clientOn(answer: Answer, spool: string | false): { client: NodeClient; sent: string[] } {
  const sent: string[] = [];
  const transport = (options: TransportOptions): Transport => ({
    async send([, items]) {
      const payload = items[0]?.[1];
      const text =
        payload instanceof Uint8Array ? Buffer.from(payload).toString() : String(payload);
      for (const [, name = ""] of text.matchAll(/"name":"([^"]+)"/g)) sent.push(name);
      return answer(options) as object;
    },
    flush: async () => true,
  });
  const client = createClient({ dsn: DSN, transport, shutdown: { spool }, flushInterval: 10 });
  onTestFinished(() => void client.close());
  return { client, sent };
}

const leftBehind = (folder: string): number =>
  writeSpool(folder, DSN, [
    Buffer.from('{}\n{"type":"trace_metric","item_count":1}\n{"items":[{"name":"old"}]}'),
  ]);

test("a transport that answers nothing has taken what it was given", async () => {
  const { client, sent } = clientOn(() => undefined, false);
  client.metrics.count("a");
  expect(await client.flush(1000)).toBe(true);
  expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  expect(sent).toEqual(["a"]);
});

test.each([undefined, {}, { statusCode: 200 }])(
  "a transport that answers %j sends what others left behind once, whatever comes after",
  async (answer) => {
    const { home, files } = await stateForTest();
    leftBehind(`${home}/spanmeter`);
    const { client, sent } = clientOn(() => answer, `${home}/spanmeter`);
    for (const name of ["a", "b", "c"]) {
      client.metrics.count(name);
      await client.flush(1000);
      await expect.poll(files).toEqual([]);
    }
    expect(sent.filter((name) => name === "old")).toHaveLength(1);
  },
);

test("what others leave behind later is found by a client that lives on for ten minutes more", async () => {
  const { home, files } = await stateForTest();
  leftBehind(`${home}/spanmeter`);
  const { client, sent } = clientOn(() => undefined, `${home}/spanmeter`);
  const send = async (name: string): Promise<void> => {
    client.metrics.count(name);
    await client.flush(1000);
  };
  await send("a");
  await expect.poll(files).toEqual([]);
  leftBehind(`${home}/spanmeter`);
  await send("b");
  const { monotonicMs } = nodeRuntime;
  vi.spyOn(nodeRuntime, "monotonicMs").mockImplementation(() => monotonicMs() + 11 * 60_000);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await files()).toHaveLength(1);
  await send("c");
  await expect.poll(files).toEqual([]);
  expect(sent).toEqual(["a", "old", "b", "c", "old"]);
});

test("what a transport says it gave up at once stays for later, and is none of the client's losses", async () => {
  const { home, files } = await stateForTest();
  leftBehind(`${home}/spanmeter`);
  let calls = 0;
  // As Sentry's do while they hold a limit: told at once, and answered without a status.
  const { client, sent } = clientOn((options) => {
    if (calls++ > 0) options.recordDroppedEvent("ratelimit_backoff", "trace_metric");
    return {};
  }, `${home}/spanmeter`);
  client.metrics.count("a");
  await client.flush(1000);
  await expect.poll(() => sent).toEqual(["a", "old"]);
  await expect.poll(files).toEqual([expect.stringMatching(/ready$/)]);
  expect(client.stats()).toMatchObject({ delivered: 1, pending: 0, dropped: {} });
});

/** The metrics that the files of the folder hold. */
async function kept(home: string, files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files)
    for (const { body } of readRecords(await readFile(join(home, "spanmeter", file))).records)
      count += Number(/"item_count":(\d+)/.exec(String(body))?.[1]);
  return count;
}

test.each(["exit", "close"])(
  "what a transport never answered is kept once at '%s', however often it was sent again",
  async (way) => {
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout, stderr } = await runScript("silent-transport", { args: [way, DSN], env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ sends: 4, listeners: way === "close" ? 0 : 2 });
    expect(await kept(home, await files())).toBe(1);
  },
);

test("what a transport throws at instead of sending is kept when its client closes", async () => {
  const { home, files } = await stateForTest();
  const client = createClient({
    dsn: DSN,
    transport: () => ({
      send() {
        throw new Error("mine");
      },
      flush: async () => true,
    }),
    shutdown: { spool: `${home}/spanmeter` },
  });
  client.metrics.count("a");
  await client.close(50);
  await expect.poll(files).toEqual([expect.stringMatching(/ready$/)]);
  expect(await kept(home, await files())).toBe(1);
  expect(client.stats()).toMatchObject({ recorded: 1, pending: 0, dropped: {} });
});
