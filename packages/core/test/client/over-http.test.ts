import { seededRandom, startIngest, type Reply } from "@spanmeter/testing";
import { afterEach, describe, expect, test } from "vitest";
import {
  createClient,
  fetchTransport,
  type Drop,
  type Fetch,
  type Options,
} from "../../src/index.js";
import { setUp } from "../set-up.js";
import { realRuntime } from "../transport/real-runtime.js";

const clients: { close(timeoutMs?: number): Promise<boolean> }[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close(100))));

/** A client with real timers and the real fetch. */
function realClient(options: Options) {
  const { platform } = setUp({}, { ...realRuntime, random: Math.random });
  const client = createClient(
    {
      transport: (given) =>
        fetchTransport({ ...given, fetch: fetch as Fetch, runtime: realRuntime }),
      ...options,
    },
    platform,
  );
  clients.push(client);
  return client;
}

/** Each call counts 1. Calls that arrive while the queue is full or limited are folded. */
const total = (metrics: readonly { readonly value: number }[]): number =>
  metrics.reduce((sum, { value }) => sum + value, 0);

describe("over real HTTP", () => {
  test("recorded metrics arrive, valid, at the endpoint of the DSN", async () => {
    const server = await startIngest({ rules: { maxMetricBytes: 2048, maxAverageBytes: 4096 } });
    const client = realClient({ dsn: server.dsn, flushInterval: 20 });
    for (let i = 0; i < 250; i += 1)
      client.metrics.distribution(`n${i}`, i, { unit: "byte", attributes: { index: i } });
    await server.waitFor(({ metrics }) => metrics.length === 250);
    server.assertClean();
    expect(server.metrics.map(({ value }) => value).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 250 }, (_, i) => i),
    );
    expect(server.requests[0]).toMatchObject({
      path: "/api/1/envelope/",
      query: { sentry_key: "public", sentry_version: "7" },
    });
    await server.close();
  });

  test("received metrics plus reported losses equal recorded ones, whatever the server answers", async () => {
    const random = seededRandom(3);
    const faults: readonly Reply[] = [
      { status: 200 },
      { status: 200, delay: 10 },
      { status: 400 },
      { status: 413 },
      { status: 503 },
      { fault: "reset" },
      { fault: "close" },
      { status: 200, headers: { "x-sentry-rate-limits": "0.02:trace_metric:key" } },
      { status: 429, headers: { "retry-after": "0.02" } },
    ];
    let isFirst = true;
    let isHealthy = false;
    const reply = (): Reply => {
      if (isHealthy) return { status: 200 };
      // At least one request is refused, however few a busy machine makes.
      if (isFirst) return ((isFirst = false), { status: 400 });
      return faults[Math.floor(random() * faults.length)] ?? { status: 200 };
    };
    const server = await startIngest({ reply });
    const reported = new Map<string, number>();
    const onDrop = ({ name = "", metrics }: Drop): void =>
      void reported.set(name, (reported.get(name) ?? 0) + metrics);
    const client = realClient({ dsn: server.dsn, flushInterval: 5, maxQueueItems: 300, onDrop });
    for (let round = 0; round < 40; round += 1) {
      for (let i = 0; i < 50; i += 1) client.metrics.count(`n${i % 3}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // Otherwise pauses could grow at random.
    isHealthy = true;
    // The first flush is false because of metrics that were refused before.
    await client.flush(20_000);
    expect(await client.flush()).toBe(true);
    server.assertClean();
    const recorded = { n0: 40 * 17, n1: 40 * 17, n2: 40 * 16 };
    for (const [name, count] of Object.entries(recorded)) {
      const received = total(server.metrics.filter((metric) => metric.name === name));
      expect([name, received + (reported.get(name) ?? 0)]).toEqual([name, count]);
    }
    expect(client.stats()).toMatchObject({
      recorded: 2000,
      delivered: total(server.metrics),
      pending: 0,
    });
    expect(total(server.metrics)).toBeGreaterThan(100);
    expect(reported.size).toBeGreaterThan(0);
    await server.close();
  });
});
