import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "../../src/index.js";
import type { Client, NodeOptions } from "../../src/index.js";
import { fetchTransport } from "../../src/transport/http/fetch-transport.js";
import { runForJson } from "../support/run-script.js";
import { serverWithoutTimers } from "../support/server-without-timers.js";

afterEach(() => void vi.useRealTimers());

async function clientForTest(
  options: NodeOptions = {},
  create = createClient,
): Promise<{ client: Client; requests: () => number }> {
  const { dsn, requests } = await serverWithoutTimers();
  const client = create({ dsn, shutdown: { spool: false }, ...options });
  onTestFinished(() => void client.close(0));
  return { client, requests };
}

/** Large enough for gzip, which starts in a new turn of the event loop. */
const record = (client: Client): void => {
  for (let i = 0; i < 50; i++) client.metrics.count("a", 1, { attributes: { i } });
};

describe.each(["httpTransport", "fetchTransport"])("with vi.useFakeTimers() and %s", (name) => {
  const options = name === "fetchTransport" ? { transport: fetchTransport } : {};

  test("flush settles when timers were replaced before the client is made", async () => {
    vi.useFakeTimers();
    const { client, requests } = await clientForTest(options);
    record(client);
    expect(await client.flush(2000)).toBe(true);
    expect(requests()).toBe(1);
  });

  test("flush settles when timers were replaced after the client was made", async () => {
    const { client, requests } = await clientForTest(options);
    vi.useFakeTimers({
      toFake: ["setTimeout", "setInterval", "setImmediate", "performance", "Date"],
    });
    record(client);
    expect(await client.flush(2000)).toBe(true);
    expect(requests()).toBe(1);
  });

  test("flush settles when timers were replaced before the package is loaded", async () => {
    vi.resetModules();
    vi.useFakeTimers();
    const loaded = await import("../../src/index.js");
    const { client, requests } = await clientForTest(options, loaded.createClient);
    record(client);
    expect(await client.flush(2000)).toBe(true);
    expect(requests()).toBe(1);
  });

  test("metrics are sent without a flush", async () => {
    vi.useFakeTimers();
    const { client, requests } = await clientForTest({ ...options, flushInterval: 10 });
    record(client);
    vi.useRealTimers();
    await expect.poll(requests).toBe(1);
    await expect.poll(() => client.stats().delivered).toBe(50);
  });
});

test("a flush ends at its timeout although the timers are fake", async () => {
  vi.useFakeTimers();
  const transport = () => ({ send: () => new Promise<never>(() => {}), flush: async () => true });
  const { client } = await clientForTest({ transport });
  client.metrics.count("a");
  expect(await client.flush(50)).toBe(false);
});

test.each(["esm", "cjs"] as const)(
  "flush settles in a process with the mock timers of node:test (%s)",
  async (format) => {
    const { dsn, requests } = await serverWithoutTimers();
    const end = await runForJson("mock-timers", { args: [dsn], format });
    expect(end).toEqual({ flushed: true, delivered: 50, pending: 0 });
    expect(requests()).toBe(1);
  },
);
