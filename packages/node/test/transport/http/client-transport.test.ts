import http from "node:http";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "../../../src/index.js";
import type { NodeClient, NodeOptions } from "../../../src/index.js";
import { clientTransport } from "../../../src/transport/http/client-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";
import { ingestForTest } from "../../support/ingest.js";

afterEach(() => void vi.restoreAllMocks());

function clientForTest(options: NodeOptions): NodeClient {
  const client = createClient({ shutdown: { spool: false }, ...options });
  onTestFinished(() => void client.close(0));
  return client;
}

/** The frames of this package above a call of `http.request`, the innermost first. */
async function framesAtRequest(record: (client: NodeClient) => void): Promise<readonly string[]> {
  const ingest = await ingestForTest();
  const { request } = http;
  let stack = "";
  vi.spyOn(http, "request").mockImplementation((...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    stack ||= String(new Error("stack").stack);
    Error.stackTraceLimit = limit;
    return (request as (...given: unknown[]) => http.ClientRequest)(...args);
  });
  const client = clientForTest({ dsn: ingest.dsn });
  record(client);
  expect(await client.flush(5000)).toBe(true);
  return stack.split("\n").filter((line) => line.includes("/packages/node/src/"));
}

test("at most ten frames lead from a client to a request, each with a name", async () => {
  const frames = await framesAtRequest(({ metrics }) => metrics.count("a"));
  expect(frames.length).toBeGreaterThan(2);
  expect(frames.length).toBeLessThanOrEqual(10);
  for (const frame of frames) expect(frame).toMatch(/at (async )?[\w.]+ \(/);
});

test("a compressed body is sent with as few frames", async () => {
  const frames = await framesAtRequest(({ metrics }) => {
    for (let i = 0; i < 50; i++) metrics.count("a", 1, { attributes: { i } });
  });
  expect(frames.length).toBeGreaterThan(2);
  expect(frames.length).toBeLessThanOrEqual(10);
  for (const frame of frames) expect(frame).toMatch(/at (async )?[\w.]+ \(/);
});

test("a request ends at sendTimeout, even where the transport may take longer", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const options = { ...transportOptions(ingest.url), timeout: 60_000 };
  await expect(clientTransport(options, () => 50).send(metricEnvelope())).rejects.toThrow(
    "did not answer within 50 ms",
  );
});

test("a shorter timeout of the transport applies", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const options = { ...transportOptions(ingest.url), timeout: 50 };
  await expect(clientTransport(options, () => 60_000).send(metricEnvelope())).rejects.toThrow(
    "did not answer within 50 ms",
  );
});

test("a client that is rate limited sends one request, and the limit applies to the next ones", async () => {
  const ingest = await ingestForTest({
    reply: { status: 429, headers: { "x-sentry-rate-limits": "60:trace_metric:organization" } },
  });
  const client = clientForTest({ dsn: ingest.dsn });
  client.metrics.count("a");
  expect(await client.flush(30_000)).toBe(false);
  client.metrics.count("b");
  expect(await client.flush(30_000)).toBe(false);
  expect(ingest.requests).toHaveLength(1);
  expect(client.stats()).toMatchObject({ recorded: 2, pending: 2, dropped: {} });
});
