import { settle } from "@spanmeter/testing";
import { describe, expect, test, vi } from "vitest";
import type { Lifecycle, Options } from "../../src/index.js";
import { DSN, setUp } from "../set-up.js";

describe("the client is a silent no-op", () => {
  test.each<[string, Options, started: number]>([
    // A Sentry SDK may be initialised later.
    ["without a destination", { dsn: undefined }, 1],
    ["with an empty dsn", { dsn: "" }, 0],
    ["when metrics are disabled", { enableMetrics: false }, 0],
  ])("%s", async (_label, options, started) => {
    const stop = vi.fn<() => void>();
    const start = vi.fn<() => () => void>(() => stop);
    const { client, transport, clock, drops, lines } = setUp(options, { start });
    client.metrics.count("a");
    client.metrics.gauge("b", NaN);
    client.setAttributes({ a: 1 });
    expect(client.withAttributes({ a: 1 }, () => "result")).toBe("result");
    expect(await client.flush()).toBe(true);
    expect(await client.close()).toBe(true);
    expect(client.stats()).toEqual({
      recorded: 0,
      delivered: 0,
      pending: 0,
      dropped: {},
      envelopes: 0,
      bytes: 0,
      platformErrors: 0,
      metrics: [],
    });
    expect(transport.created).toEqual([]);
    expect([lines, drops, clock.timers]).toEqual([[], [], 0]);
    expect(start).toHaveBeenCalledTimes(started);
    expect(stop).toHaveBeenCalledTimes(started);
  });

  test("with a malformed dsn, which is logged once in production too", () => {
    const { client, transport, warnings } = setUp({ dsn: "https://nonsense" });
    client.metrics.count("a");
    expect(warnings()).toEqual([
      expect.stringMatching(/dsn.*https:\/\/nonsense.*https:\/\/<key>@/),
    ]);
    expect(transport.created).toEqual([]);
  });

  test("when creating its transport throws, which is logged", () => {
    const { client, warnings } = setUp({
      transport: () => {
        throw new Error("no sockets here");
      },
    });
    client.metrics.count("a");
    expect(warnings()).toEqual([expect.stringContaining("no sockets here")]);
  });
});

test("stats() always adds up", async () => {
  const { client, transport, clock, advanceInterval } = setUp({
    maxQueueItems: 150,
    beforeSendMetric: (m) => (m.name === "no" ? null : m),
  });
  transport.onSend = "unanswered";
  const check = (): void => {
    const { recorded, delivered, pending, dropped } = client.stats();
    const lost = Object.values(dropped).reduce((a, b) => a + b, 0);
    expect(recorded).toBe(delivered + pending + lost);
  };
  for (let i = 0; i < 200; i += 1) {
    client.metrics.count(i % 7 === 0 ? "no" : "yes", i % 11 === 0 ? NaN : 1);
    check();
  }
  await clock.advance(0);
  check();
  transport.sends[0]?.fail();
  await settle();
  check();
  for (const send of transport.sends) send.answer();
  await advanceInterval();
  check();
  expect(client.stats().bytes).toBeGreaterThan(1000);
});

test("several clients work side by side", async () => {
  const [a, b] = [setUp({ attributes: { who: "a" } }), setUp({ attributes: { who: "b" } })];
  a.client.metrics.count("x");
  b.client.metrics.count("y");
  await a.client.close();
  b.client.metrics.count("z");
  await b.client.close();
  expect(a.transport.metrics.map(({ name, attributes }) => [name, attributes["who"]])).toEqual([
    ["x", "a"],
  ]);
  expect(b.transport.metrics.map(({ name, attributes }) => [name, attributes["who"]])).toEqual([
    ["y", "b"],
    ["z", "b"],
  ]);
});

test("the platform can drain the client synchronously when a page or process ends", async () => {
  let lifecycle: Lifecycle | undefined;
  const start = (given: Lifecycle) => {
    lifecycle = given;
    return () => {};
  };
  const { client, transport, clock } = setUp({ maxInFlight: 1 }, { start });
  transport.onSend = "unanswered";
  for (let i = 0; i < 300; i += 1) client.metrics.count("a");
  client.metrics.gauge("lost", NaN);
  lifecycle?.drain();
  expect(transport.metrics).toHaveLength(300);
  expect(transport.reports).toHaveLength(1);
  const flushed = lifecycle?.flush(10);
  await clock.advance(10);
  expect(await flushed).toBe(false);
});

test("client.options holds the options in force, defaults included", () => {
  const { client } = setUp({ release: "1.0" });
  expect(client.options).toMatchObject({
    dsn: DSN,
    release: "1.0",
    flushInterval: 5000,
    maxInFlight: 4,
  });
});

test("containers carry ingest settings only when the platform asks for them", async () => {
  const settingsOf = async (ingestSettings: boolean, sendDefaultPii: boolean): Promise<unknown> => {
    const { client, transport, advanceInterval } = setUp({ sendDefaultPii }, { ingestSettings });
    client.metrics.count("a");
    await advanceInterval();
    const container = transport.sends[0]?.envelope.items[0]?.json ?? {};
    return (container as { ingest_settings?: unknown }).ingest_settings;
  };
  expect(await settingsOf(false, true)).toBeUndefined();
  expect(await settingsOf(true, true)).toEqual({ infer_ip: "auto", infer_user_agent: "auto" });
  expect(await settingsOf(true, false)).toMatchObject({ infer_ip: "never" });
});
