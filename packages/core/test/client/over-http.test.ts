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
import { realExit } from "../transport/real-exit.js";

const clients: { close(timeoutMs?: number): Promise<boolean> }[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close(100))));

/** A client with real timers and the real fetch. */
function realClient(options: Options) {
  const { platform } = setUp({}, { ...realExit, random: Math.random });
  const client = createClient(
    {
      transport: (given) => fetchTransport({ ...given, fetch: fetch as Fetch, exit: realExit }),
      ...options,
    },
    platform,
  );
  clients.push(client);
  return client;
}

/** Each call counts 1; what found the queue full or limited is folded. */
const total = (metrics: readonly { readonly value: number }[]): number =>
  metrics.reduce((sum, { value }) => sum + value, 0);

describe("over real HTTP", () => {
  test("what is recorded arrives, clean, at the endpoint of the DSN", async () => {
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

  test("what is recorded equals what the server has plus what onDrop announced, whatever it answers", async () => {
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
    let isWell = false;
    const reply = (): Reply => {
      if (isWell) return { status: 200 };
      // However few requests a busy machine makes, one is refused for good.
      if (isFirst) return ((isFirst = false), { status: 400 });
      return faults[Math.floor(random() * faults.length)] ?? { status: 200 };
    };
    const server = await startIngest({ reply });
    const announced = new Map<string, number>();
    const onDrop = ({ name = "", metrics }: Drop): void =>
      void announced.set(name, (announced.get(name) ?? 0) + metrics);
    const client = realClient({ dsn: server.dsn, flushInterval: 5, maxQueueItems: 300, onDrop });
    for (let round = 0; round < 40; round += 1) {
      for (let i = 0; i < 50; i += 1) client.metrics.count(`n${i % 3}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // Otherwise chance alone would say how long pauses may grow.
    isWell = true;
    // What was refused before makes the first one false.
    await client.flush(20_000);
    expect(await client.flush()).toBe(true);
    server.assertClean();
    const recorded = { n0: 40 * 17, n1: 40 * 17, n2: 40 * 16 };
    for (const [name, count] of Object.entries(recorded)) {
      const has = total(server.metrics.filter((metric) => metric.name === name));
      expect([name, has + (announced.get(name) ?? 0)]).toEqual([name, count]);
    }
    expect(client.stats()).toMatchObject({
      recorded: 2000,
      delivered: total(server.metrics),
      pending: 0,
    });
    expect(total(server.metrics)).toBeGreaterThan(100);
    expect(announced.size).toBeGreaterThan(0);
    await server.close();
  });
});
