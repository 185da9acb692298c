import { channel } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  close,
  continueTrace,
  createClient,
  getClient,
  init,
  memoryTransport,
  metrics,
} from "../src/index.js";
import type { Client, NodeOptions } from "../src/index.js";
import { VERSION } from "@spanmeter/core";
import { ingestForTest } from "./support/ingest.js";
import { runForJson } from "./support/run-script.js";

beforeEach(() => {
  for (const name of ["SENTRY_DSN", "SENTRY_RELEASE", "SENTRY_ENVIRONMENT", "SENTRY_SPOTLIGHT"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function clientForTest(options: NodeOptions): Client {
  const client = createClient(options);
  onTestFinished(() => client.close(1000).then(() => {}));
  return client;
}

describe("the defaults", () => {
  test("are those of node: names of the SDK and the host, no browser settings", async () => {
    const ingest = await ingestForTest();
    const client = clientForTest({ dsn: ingest.dsn, release: "shop@1", environment: "qa" });
    client.metrics.distribution("latency", 12.5, { unit: "millisecond" });
    expect(await client.flush(5000)).toBe(true);
    ingest.assertClean();
    expect(ingest.metrics[0]).toMatchObject({
      type: "distribution",
      name: "latency",
      value: 12.5,
      unit: "millisecond",
      attributes: {
        "sentry.sdk.name": "spanmeter.javascript.node",
        "sentry.sdk.version": VERSION,
        "sentry.release": "shop@1",
        "sentry.environment": "qa",
        "server.address": hostname(),
      },
    });
    const body = new TextDecoder().decode(ingest.requests[0]?.body);
    expect(body).not.toContain("ingest_settings");
    expect(client.options).toMatchObject({ maxQueueItems: 10_000, maxInFlight: 4 });
  });

  test("leave the host name out with serverName: false", async () => {
    const ingest = await ingestForTest();
    const client = clientForTest({ dsn: ingest.dsn, serverName: false });
    client.metrics.count("a");
    await client.flush(5000);
    expect(ingest.metrics[0]?.attributes["server.address"]).toBeUndefined();
  });
});

describe("the environment", () => {
  test("fills in options that are absent or undefined", async () => {
    const ingest = await ingestForTest();
    vi.stubEnv("SENTRY_DSN", ingest.dsn);
    vi.stubEnv("SENTRY_RELEASE", "from env");
    vi.stubEnv("SENTRY_ENVIRONMENT", "from env");
    const client = clientForTest({ dsn: undefined, release: "from options" });
    client.metrics.count("a");
    await client.flush(5000);
    expect(ingest.metrics[0]?.attributes).toMatchObject({
      "sentry.release": "from options",
      "sentry.environment": "from env",
    });
  });

  test("is read by each client, not at import", async () => {
    const [one, two] = [await ingestForTest(), await ingestForTest()];
    for (const { dsn } of [one, two]) {
      vi.stubEnv("SENTRY_DSN", dsn);
      const client = clientForTest({});
      client.metrics.count("a");
      await client.flush(5000);
    }
    expect([one.metrics.length, two.metrics.length]).toEqual([1, 1]);
  });

  test("SENTRY_SPOTLIGHT sends a copy to the local explorer, bypasses proxies, and works without a DSN", async () => {
    const explorer = await ingestForTest();
    vi.stubEnv("SENTRY_SPOTLIGHT", `${explorer.url}/stream`);
    vi.stubEnv("http_proxy", "http://127.0.0.1:9");
    const client = clientForTest({});
    client.metrics.count("a");
    expect(await client.flush(5000)).toBe(true);
    expect(explorer.requests.map(({ path }) => path)).toEqual(["/stream"]);
    expect(explorer.metrics).toHaveLength(1);
  });

  test("without a DSN a client is a silent no-op", async () => {
    const logged = vi.spyOn(console, "error");
    const client = clientForTest({});
    client.metrics.count("a");
    expect(await client.flush(10)).toBe(true);
    expect(logged).not.toHaveBeenCalled();
  });
});

describe("an incoming HTTP request without another SDK", () => {
  const [traceId, spanId] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];

  async function serve(options: NodeOptions, handle: (client: Client) => void): Promise<string> {
    const client = clientForTest(options);
    const server = createServer((_request, response) => {
      setTimeout(() => {
        handle(client);
        void client.flush(5000).then(() => response.end());
      }, 1);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    ["sentry-trace", `${traceId}-${spanId}-1`],
    ["traceparent", `00-${traceId}-${spanId}-01`],
  ])("gives its metrics the ids of its %s header", async (header, value) => {
    const ingest = await ingestForTest();
    const url = await serve({ dsn: ingest.dsn }, (client) => client.metrics.count("handled"));
    await fetch(url, { headers: { [header]: value } });
    expect(ingest.metrics[0]).toMatchObject({ traceId, spanId });
  });

  test("does not with traceIncomingRequests: false", async () => {
    const ingest = await ingestForTest();
    const options = { dsn: ingest.dsn, traceIncomingRequests: false };
    const url = await serve(options, (client) => client.metrics.count("handled"));
    expect(channel("http.server.request.start").hasSubscribers).toBe(false);
    await fetch(url, { headers: { traceparent: `00-${traceId}-${spanId}-01` } });
    expect(ingest.metrics[0]?.traceId).not.toBe(traceId);
  });

  test("is watched until the last client is closed", async () => {
    const clients = [1, 2].map(() => createClient({ transport: memoryTransport() }));
    await clients[0]?.close();
    expect(channel("http.server.request.start").hasSubscribers).toBe(true);
    await clients[1]?.close();
    expect(channel("http.server.request.start").hasSubscribers).toBe(false);
  });
});

test("metrics inside continueTrace have the trace of the message, and inside withAttributes its attributes", async () => {
  const ingest = await ingestForTest();
  const client = clientForTest({ dsn: ingest.dsn, attributes: { queue: "mails", tries: 1 } });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  await continueTrace({ traceparent }, () =>
    client.withAttributes({ tries: 2 }, async () => {
      await Promise.resolve();
      client.metrics.count("job.processed");
    }),
  );
  client.metrics.count("outside");
  await client.flush(5000);
  const [inside, outside] = ingest.metrics;
  expect(inside).toMatchObject({
    traceId: "0af7651916cd43dd8448eb211c80319c",
    attributes: { queue: "mails", tries: 2 },
  });
  expect(outside?.traceId).not.toBe(inside?.traceId);
  expect(outside?.attributes).toMatchObject({ queue: "mails", tries: 1 });
});

test("init makes the current client, which metrics and close use", async () => {
  const ingest = await ingestForTest();
  const client = init({ dsn: ingest.dsn });
  expect(getClient()).toBe(client);
  metrics.count("a");
  expect(await close(5000)).toBe(true);
  expect(ingest.metrics).toHaveLength(1);
});

test.each<[string, unknown]>([
  ["null", null],
  ["text", "https://public@host/1"],
  [
    "getters that throw",
    {
      get dsn() {
        throw new Error("no");
      },
    },
  ],
  ["values of the wrong kind", { dsn: 5, transportOptions: 7, spotlight: {}, sendTimeout: "long" }],
])("options that are %s never throw into the application", async (_kind, options) => {
  vi.spyOn(console, "error").mockReturnValue();
  const client = clientForTest(options as NodeOptions);
  client.metrics.count("a");
  // `false` where no server answers at the destination: the explorer of `spotlight`.
  expect(await client.flush(50)).toBeTypeOf("boolean");
  expect(client.stats().dropped).toEqual({});
});

test("node's network modules are loaded at the first send, not at import, init or record", async () => {
  const ingest = await ingestForTest();
  const found = await runForJson<Record<string, unknown>>("cold-start", { args: [ingest.dsn] });
  expect(found).toMatchObject({ imported: [], recorded: [], listening: 0 });
  expect(found["sent"]).toContain("NativeModule http");
});
