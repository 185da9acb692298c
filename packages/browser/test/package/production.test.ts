import { startIngest, type IngestServer } from "@spanmeter/testing";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as spanmeter from "../../src/index.js";

// Runs the published files whose internal names are shortened.
const dist = new URL("../../dist/", import.meta.url);
const files: Record<string, () => Promise<typeof spanmeter>> = {
  "index.production.js": async () => import(new URL("index.production.js", dist).href),
  "index.production.cjs": async () =>
    createRequire(import.meta.url)(new URL("index.production.cjs", dist).pathname),
  // oxlint-disable-next-line typescript/no-implied-eval -- as a <script> tag does
  "spanmeter.min.js": async () => new Function(`${await script()}\nreturn Spanmeter;`)(),
};
const script = async (): Promise<string> => readFile(new URL("spanmeter.min.js", dist), "utf8");

describe.for(Object.entries(files))("in %s", ([file, load]) => {
  let api: typeof spanmeter;
  let ingest: IngestServer;
  beforeEach(async () => {
    // As on a page, where every `init` replaces the current client.
    vi.stubGlobal("self", globalThis);
    // Each file has its own current client.
    Reflect.deleteProperty(globalThis, Symbol.for("spanmeter.current"));
    api = await load();
    ingest = await startIngest();
  });
  afterEach(async () => {
    await api.close(100);
    await ingest.close();
    ingest.assertClean();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test("the package exports the functions of the readme", () => {
    const policies =
      file === "spanmeter.min.js" ? "" : " attributeRules fold keyedHash raw reservoir sample";
    expect(Object.keys(api).sort()).toEqual(
      `close consoleTransport createClient fanOut flush getClient init keepaliveTransport memoryTransport metrics setAttributes withAttributes${policies}`
        .split(" ")
        .sort(),
    );
  });

  test("calls, attributes and every option of a call reach the wire", async () => {
    api.metrics.count("early");
    api.init({
      dsn: ingest.dsn,
      release: "shop@1",
      environment: "live",
      serverName: "host",
      attributes: { client: 1 },
    });
    api.setAttributes({ set: [true, false] });
    const trace = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
    const result = api.withAttributes({ around: "x" }, () => {
      api.metrics.gauge("g", 3, { unit: "byte", timestamp: new Date(1.7e12), trace });
      return "result";
    });
    const user = { id: 7, email: "a@b.c", username: "u" };
    const scope = { getScopeData: () => ({ attributes: { scope: "s" }, user }) };
    api.metrics.distribution("d", 1.5, { attributes: { own: "o" }, sampleRate: 1, scope });
    expect(result).toBe("result");
    expect(await api.flush(5_000)).toBe(true);
    expect(ingest.metrics).toMatchObject([
      { name: "early", type: "counter", value: 1 },
      { name: "g", type: "gauge", unit: "byte", timestamp: 1.7e9, ...trace },
      { name: "d", type: "distribution", value: 1.5 },
    ]);
    const [, gauge, distribution] = ingest.metrics.map(({ attributes }) => attributes);
    expect(gauge).toMatchObject({
      "sentry.release": "shop@1",
      "sentry.environment": "live",
      "server.address": "host",
      "sentry.sdk.name": "spanmeter.javascript.browser",
      client: 1,
      set: [true, false],
      around: "x",
    });
    expect(distribution).toMatchObject({ own: "o", scope: "s" });
    expect(distribution).not.toHaveProperty("user.id");
    expect(api.getClient()?.stats()).toEqual({
      recorded: 3,
      delivered: 3,
      pending: 0,
      dropped: {},
      envelopes: 1,
      bytes: expect.any(Number) as number,
      platformErrors: 0,
      // A page without rules has no table of metrics.
      metrics: [],
    });
    expect(api.getClient()?.options).toMatchObject({ release: "shop@1", flushInterval: 5_000 });
  });

  test("the hook receives and changes metrics, and every loss is reported", async () => {
    const drops: spanmeter.Drop[] = [];
    const seen: spanmeter.Metric[] = [];
    const client = api.createClient({
      dsn: ingest.dsn,
      onDrop: (drop) => void drops.push(drop),
      beforeSendMetric(metric) {
        seen.push({ ...metric });
        return metric.name === "out"
          ? null
          : { ...metric, name: "renamed", attributes: { new: 1 } };
      },
      traceSources: [() => ({ traceId: "c".repeat(32) })],
    });
    client.metrics.count("in", 2, { unit: "byte", attributes: { a: "b" } });
    client.metrics.count("out");
    client.metrics.count("nothing", Number.NaN);
    client.metrics.count("left", 1, { sampleRate: 1e-9 });
    expect(await client.close(5_000)).toBe(true);
    expect(seen[0]).toEqual({
      type: "counter",
      name: "in",
      value: 2,
      unit: "byte",
      timestamp: expect.any(Number) as number,
      trace: { traceId: "c".repeat(32) },
      attributes: expect.objectContaining({ a: "b" }) as object,
    });
    expect(ingest.metrics).toMatchObject([{ name: "renamed", attributes: { new: 1 } }]);
    expect(drops.map(({ reason, name, metrics }) => [reason, name, metrics])).toEqual([
      ["before_send", "out", 1],
      ["invalid", "nothing", 1],
      ["sample_rate", "left", 1],
    ]);
    expect(drops[0]?.bytes).toBeGreaterThan(3);
    expect(client.stats().dropped).toEqual({ before_send: 1, invalid: 1, sample_rate: 1 });
    const reports = ingest.requests.flatMap(({ envelope }) => envelope?.clientReports ?? []);
    const reasons = reports.flatMap(({ discarded }) => discarded.map(({ reason }) => reason));
    expect(new Set(reasons)).toEqual(new Set(["before_send", "invalid", "sample_rate"]));
  });

  test("metrics are folded while the queue is full, and wait while Sentry limits them", async () => {
    const client = api.createClient({ dsn: ingest.dsn, maxQueueItems: 2, maxSeries: 1 });
    for (let i = 0; i < 10; i++) client.metrics.count("folded", 2, { attributes: { i: i % 3 } });
    client.metrics.gauge("g", 1);
    client.metrics.distribution("d", 1);
    expect(await client.flush(5_000)).toBe(true);
    const counted = ingest.metrics.filter(({ name }) => name === "folded");
    expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(20);
    ingest.replyNext({ status: 429 });
    client.metrics.count("refused");
    expect(await client.flush(50)).toBe(false);
    client.metrics.count("paused");
    expect(client.stats().pending).toBeGreaterThan(0);
    expect(await client.close(50)).toBe(false);
    const { recorded, delivered, pending, dropped } = client.stats();
    const lost = Object.values(dropped).reduce((sum, n) => sum + n, 0);
    expect(recorded).toBe(delivered + pending + lost);
  });

  test("custom transports, copies and the explorer receive every envelope", async () => {
    const [first, second] = [api.memoryTransport(), api.memoryTransport()];
    const log = vi.spyOn(console, "log").mockReturnValue();
    const explorer = await startIngest();
    const client = api.createClient({
      transport: api.fanOut([first, second, api.consoleTransport()]),
      spotlight: `${explorer.url}/stream`,
    });
    client.metrics.count("copied");
    expect(await client.close(5_000)).toBe(true);
    await explorer.waitFor(({ metrics }) => metrics.length === 1);
    await explorer.close();
    expect([first.envelopes.length, second.envelopes.length]).toEqual([1, 1]);
    expect(log.mock.calls.join()).toContain("copied");
    first.clear();
    expect(first.envelopes).toEqual([]);
    const losses: string[] = [];
    const transport = api.keepaliveTransport({
      url: ingest.dsn.replace(
        /public@(.*)\/(\d+)$/,
        "$1/api/$2/envelope/?sentry_version=7&sentry_key=public",
      ),
      recordDroppedEvent: (reason) => void losses.push(reason),
    });
    const [envelope] = second.envelopes;
    ingest.replyNext({ status: 500 });
    expect(await transport.send(envelope as never)).toMatchObject({ statusCode: 500 });
    expect(await transport.flush(1_000)).toBe(true);
    expect(losses).toEqual(["send_error"]);
  });

  test("errors and, with debug, every step are logged", async () => {
    const [log, error] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
    for (const spy of [log, error]) spy.mockReturnValue();
    expect(() => api.init({ dsn: "nonsense" })).not.toThrow();
    expect(error.mock.calls.join()).toContain("nonsense");
    const client = api.createClient({ dsn: ingest.dsn, debug: true, onDrop: fail });
    client.metrics.count("logged");
    client.metrics.count("invalid", Number.NaN);
    expect(log.mock.calls.join("\n")).toMatch(/recorded.*logged/);
    expect(error.mock.calls.join()).toContain("onDrop threw");
    await client.close();
  });
});

function fail(): never {
  throw new Error("from the application");
}
