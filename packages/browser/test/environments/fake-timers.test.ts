import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "../../src/index.js";

/** A server that uses no timers, because it runs in the process whose timers are faked. */
let server: Server;
let dsn = "";
let isSilent = false;
beforeEach(async () => {
  isSilent = false;
  server = createServer((request, response) => {
    request.resume().on("end", () => isSilent || response.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  dsn = `http://public@127.0.0.1:${(server.address() as AddressInfo).port}/1`;
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

test("a client created before fake timers flushes and sends by itself while fake time stands still", async () => {
  const client = createClient({ dsn, flushInterval: 10 });
  vi.useFakeTimers();
  client.metrics.count("flushed");
  expect(await client.flush(2_000)).toBe(true);
  client.metrics.count("by.itself");
  // No call triggers this send: the interval ends by the real clock, which the client took at its creation.
  await once(server, "request");
  await client.close();
  expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
});

test("flush() ends at its timeout under fake timers", async () => {
  isSilent = true;
  const client = createClient({ dsn, sendTimeout: 120_000 });
  vi.useFakeTimers();
  client.metrics.count("unanswered");
  expect(await client.flush(50)).toBe(false);
});
