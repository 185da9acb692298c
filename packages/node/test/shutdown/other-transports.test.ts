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

type Respond = (options: TransportOptions) => unknown;

/** A client with a transport of the application, and the names of the metrics that it sent. */
function clientOn(respond: Respond, spool: string | false): { client: NodeClient; sent: string[] } {
  const sent: string[] = [];
  const transport = (options: TransportOptions): Transport => ({
    async send([, items]) {
      const payload = items[0]?.[1];
      const text =
        payload instanceof Uint8Array ? Buffer.from(payload).toString() : String(payload);
      for (const [, name = ""] of text.matchAll(/"name":"([^"]+)"/g)) sent.push(name);
      return respond(options) as object;
    },
    flush: async () => true,
  });
  const client = createClient({ dsn: DSN, transport, shutdown: { spool }, flushInterval: 10 });
  onTestFinished(() => void client.close());
  return { client, sent };
}

const storeOld = (folder: string): number =>
  writeSpool(folder, DSN, [
    Buffer.from('{}\n{"type":"trace_metric","item_count":1}\n{"items":[{"name":"old"}]}'),
  ]);

test("metrics count as delivered when a transport resolves with nothing", async () => {
  const { client, sent } = clientOn(() => undefined, false);
  client.metrics.count("a");
  expect(await client.flush(1000)).toBe(true);
  expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  expect(sent).toEqual(["a"]);
});

test.each([undefined, {}, { statusCode: 200 }])(
  "a transport that resolves with %j sends stored envelopes once",
  async (answer) => {
    const { home, files } = await stateForTest();
    storeOld(`${home}/spanmeter`);
    const { client, sent } = clientOn(() => answer, `${home}/spanmeter`);
    for (const name of ["a", "b", "c"]) {
      client.metrics.count(name);
      await client.flush(1000);
      await expect.poll(files).toEqual([]);
    }
    expect(sent.filter((name) => name === "old")).toHaveLength(1);
  },
);

test("a client looks for stored envelopes again after ten minutes", async () => {
  const { home, files } = await stateForTest();
  storeOld(`${home}/spanmeter`);
  const { client, sent } = clientOn(() => undefined, `${home}/spanmeter`);
  const send = async (name: string): Promise<void> => {
    client.metrics.count(name);
    await client.flush(1000);
  };
  await send("a");
  await expect.poll(files).toEqual([]);
  storeOld(`${home}/spanmeter`);
  await send("b");
  const { monotonicMs } = nodeRuntime;
  vi.spyOn(nodeRuntime, "monotonicMs").mockImplementation(() => monotonicMs() + 11 * 60_000);
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await files()).toHaveLength(1);
  await send("c");
  await expect.poll(files).toEqual([]);
  expect(sent).toEqual(["a", "old", "b", "c", "old"]);
});

test("an old envelope that a transport drops synchronously stays stored, and does not count as dropped", async () => {
  const { home, files } = await stateForTest();
  storeOld(`${home}/spanmeter`);
  let calls = 0;
  // Like Sentry's transports during a rate limit: reported synchronously, resolved without a status.
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

/** How many metrics the files of the folder contain. */
async function storedMetrics(home: string, files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files)
    for (const { body } of readRecords(await readFile(join(home, "spanmeter", file))).records)
      count += Number(/"item_count":(\d+)/.exec(String(body))?.[1]);
  return count;
}

test.each(["exit", "close"])(
  "metrics that a transport never answered are stored once at '%s', however often they were retried",
  async (way) => {
    const { home, files } = await stateForTest();
    const env = { XDG_STATE_HOME: home };
    const { stdout, stderr } = await runScript("silent-transport", { args: [way, DSN], env });
    expect(stderr).toBe("");
    const { sends, listeners } = JSON.parse(stdout) as Record<string, number>;
    // On a busy machine the process ends a little later.
    expect(sends).toBeGreaterThanOrEqual(4);
    expect(listeners).toBe(way === "close" ? 0 : 2);
    expect(await storedMetrics(home, await files())).toBe(1);
  },
);

test("metrics are stored on close when the transport throws", async () => {
  const { home, files } = await stateForTest();
  const client = createClient({
    dsn: DSN,
    transport: () => ({
      send() {
        throw new Error("from the application");
      },
      flush: async () => true,
    }),
    shutdown: { spool: `${home}/spanmeter` },
  });
  client.metrics.count("a");
  await client.close(50);
  await expect.poll(files).toEqual([expect.stringMatching(/ready$/)]);
  expect(await storedMetrics(home, await files())).toBe(1);
  expect(client.stats()).toMatchObject({ recorded: 1, pending: 0, dropped: {} });
});
