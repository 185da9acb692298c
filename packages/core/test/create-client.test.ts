import { settle } from "@spanmeter/testing";
import { describe, expect, test, vi } from "vitest";
import type { Lifecycle, Options } from "../src/index.js";
import { DSN, setUp } from "./set-up.js";

describe("flush", () => {
  test("sends what waits and resolves true once it has arrived", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    let told: boolean | undefined;
    void it.client.flush().then((value) => (told = value));
    await settle();
    expect(it.transport.metrics).toHaveLength(1);
    expect(told).toBeUndefined();
    it.transport.sends[0]?.answer();
    await settle();
    expect(told).toBe(true);
  });

  test("waits for what is already under way", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    await it.leave();
    let told: boolean | undefined;
    void it.client.flush().then((value) => (told = value));
    await settle();
    expect(told).toBeUndefined();
    it.transport.sends[0]?.answer();
    await settle();
    expect(told).toBe(true);
  });

  test("resolves false at its timeout, with nothing thrown away", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    const flushed = it.client.flush(100);
    await it.clock.advance(100);
    expect(await flushed).toBe(false);
    expect(it.client.stats()).toMatchObject({ pending: 1, dropped: {} });
    it.transport.sends[0]?.answer();
    await settle();
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 1 });
  });

  test("is not held up by what is recorded after it", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("before");
    const flushed = it.client.flush();
    await settle();
    it.client.metrics.count("after");
    it.transport.sends[0]?.answer();
    expect(await flushed).toBe(true);
    expect(it.client.stats().pending).toBe(1);
  });

  test("empties a queue of many envelopes although few may be under way", async () => {
    const it = setUp({ maxInFlight: 1 });
    for (let i = 0; i < 5000; i += 1) it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(true);
    expect(it.client.stats()).toMatchObject({ delivered: 5000, pending: 0 });
  });

  test("is true when sends failed: they have ended, and were announced", async () => {
    const it = setUp();
    it.transport.onSend = new Error("offline");
    it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(true);
    expect(it.drops).toHaveLength(1);
  });

  test("is true when nothing waits, and leaves no timer behind", async () => {
    const it = setUp();
    expect(await it.client.flush()).toBe(true);
    expect(await it.client.flush(1000)).toBe(true);
    expect(it.clock.timers).toBe(0);
  });

  test("may be called many times at once", async () => {
    const it = setUp();
    it.client.metrics.count("a");
    expect(await Promise.all([it.client.flush(), it.client.flush(), it.client.flush(10)])).toEqual([
      true,
      true,
      true,
    ]);
    expect(it.transport.sends).toHaveLength(1);
  });

  test("survives a transport whose flush fails", async () => {
    const world = setUp();
    const it = setUp({
      transport: (options) => ({
        ...world.platform.transport(options),
        flush: () => Promise.reject(new Error("broken flush")),
      }),
    });
    it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(false);
    expect(it.client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });
});

describe("close", () => {
  test("flushes, then turns the client into a no-op without timers", async () => {
    const it = setUp();
    it.client.metrics.count("a");
    it.client.metrics.gauge("lost", NaN);
    expect(await it.client.close()).toBe(true);
    expect(it.clock.timers).toBe(0);
    it.client.metrics.count("late");
    it.client.metrics.gauge("late", NaN);
    await it.clock.advance(100_000);
    expect(it.transport.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(it.transport.reports).toHaveLength(1);
    expect(it.client.stats()).toMatchObject({ recorded: 2, delivered: 1, pending: 0 });
  });

  test("undoes the platform's listeners, once", async () => {
    const undo = vi.fn<() => void>();
    const it = setUp({}, { start: () => undo });
    await it.client.close();
    await it.client.close();
    expect(undo).toHaveBeenCalledOnce();
  });

  test("answers every caller alike, and flush still answers afterwards", async () => {
    const it = setUp();
    expect(await Promise.all([it.client.close(), it.client.close(5)])).toEqual([true, true]);
    expect(await it.client.flush()).toBe(true);
  });

  test("answers false at its timeout; what was under way is still booked", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    const closed = it.client.close(100);
    await it.clock.advance(100);
    expect(await closed).toBe(false);
    it.transport.sends[0]?.answer();
    await settle();
    expect(it.client.stats()).toMatchObject({ recorded: 1, delivered: 1, pending: 0 });
    expect(it.clock.timers).toBe(0);
  });

  test("gives what still waits at its timeout one chance to leave", async () => {
    const it = setUp({ maxInFlight: 1 });
    it.transport.onSend = "hold";
    for (let i = 0; i < 100; i += 1) it.client.metrics.count("first");
    await it.clock.advance(0);
    it.client.metrics.count("second");
    const closed = it.client.close(10);
    await it.clock.advance(10);
    await closed;
    expect(it.transport.metrics.map(({ name }) => name)).toContain("second");
  });

  test("leaves no timer behind when sends fail after it", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    const closed = it.client.close(10);
    await it.clock.advance(10);
    await closed;
    it.transport.onSend = { statusCode: 200 };
    it.transport.sends[0]?.fail();
    await settle();
    expect(it.client.stats()).toMatchObject({ pending: 0, dropped: { network_error: 1 } });
    expect(it.clock.timers).toBe(0);
  });
});

describe("the client is a silent no-op", () => {
  test.each<[string, Options]>([
    ["without a destination", { dsn: undefined }],
    ["with an empty dsn", { dsn: "" }],
    ["when metrics are disabled", { enableMetrics: false }],
  ])("%s", async (_what, options) => {
    const start = vi.fn<() => () => void>(() => () => {});
    const it = setUp(options, { start });
    it.client.metrics.count("a");
    it.client.metrics.gauge("b", NaN);
    it.client.setAttributes({ a: 1 });
    expect(it.client.withAttributes({ a: 1 }, () => "result")).toBe("result");
    expect(await it.client.flush()).toBe(true);
    expect(await it.client.close()).toBe(true);
    expect(it.client.stats()).toEqual({
      recorded: 0,
      delivered: 0,
      pending: 0,
      dropped: {},
      envelopes: 0,
      bytes: 0,
    });
    expect(it.transport.made).toEqual([]);
    expect([it.lines, it.drops, it.clock.timers]).toEqual([[], [], 0]);
    expect(start).not.toHaveBeenCalled();
  });

  test("with a malformed dsn, which is told once in production too", () => {
    const it = setUp({ dsn: "https://nonsense" });
    it.client.metrics.count("a");
    expect(it.complaints()).toEqual([
      expect.stringMatching(/dsn.*https:\/\/nonsense.*https:\/\/<key>@/),
    ]);
    expect(it.transport.made).toEqual([]);
  });

  test("when its transport cannot be made, which is told", () => {
    const it = setUp({
      transport: () => {
        throw new Error("no sockets here");
      },
    });
    it.client.metrics.count("a");
    expect(it.complaints()).toEqual([expect.stringContaining("no sockets here")]);
  });
});

test("stats add up at every moment", async () => {
  const it = setUp({ maxQueueItems: 150, beforeSendMetric: (m) => (m.name === "no" ? null : m) });
  it.transport.onSend = "hold";
  const check = (): void => {
    const { recorded, delivered, pending, dropped } = it.client.stats();
    const lost = Object.values(dropped).reduce((a, b) => a + b, 0);
    expect(recorded).toBe(delivered + pending + lost);
  };
  for (let i = 0; i < 200; i += 1) {
    it.client.metrics.count(i % 7 === 0 ? "no" : "yes", i % 11 === 0 ? NaN : 1);
    check();
  }
  await it.clock.advance(0);
  check();
  it.transport.sends[0]?.fail();
  await settle();
  check();
  for (const send of it.transport.sends) send.answer();
  await it.leave();
  check();
  expect(it.client.stats().bytes).toBeGreaterThan(1000);
});

test("several clients live side by side", async () => {
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

test("the platform may drain the client at once at the end of a page or process", async () => {
  let lifecycle: Lifecycle | undefined;
  const start = (given: Lifecycle) => {
    lifecycle = given;
    return () => {};
  };
  const it = setUp({ maxInFlight: 1 }, { start });
  it.transport.onSend = "hold";
  for (let i = 0; i < 300; i += 1) it.client.metrics.count("a");
  it.client.metrics.gauge("lost", NaN);
  lifecycle?.drain();
  expect(it.transport.metrics).toHaveLength(300);
  expect(it.transport.reports).toHaveLength(1);
  const flushed = lifecycle?.flush(10);
  await it.clock.advance(10);
  expect(await flushed).toBe(false);
});

test("the options in force are readable, defaults included", () => {
  const { client } = setUp({ release: "1.0" });
  expect(client.options).toMatchObject({
    dsn: DSN,
    release: "1.0",
    flushInterval: 5000,
    maxInFlight: 4,
  });
});

test("ingest settings go along only where the platform asks for them", async () => {
  const settingsOf = async (ingestSettings: boolean, sendDefaultPii: boolean): Promise<unknown> => {
    const it = setUp({ sendDefaultPii }, { ingestSettings });
    it.client.metrics.count("a");
    await it.leave();
    const container = it.transport.sends[0]?.envelope.items[0]?.json ?? {};
    return (container as { ingest_settings?: unknown }).ingest_settings;
  };
  expect(await settingsOf(false, true)).toBeUndefined();
  expect(await settingsOf(true, true)).toEqual({ infer_ip: "auto", infer_user_agent: "auto" });
  expect(await settingsOf(true, false)).toMatchObject({ infer_ip: "never" });
});
