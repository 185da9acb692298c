import { settle } from "@spanmeter/testing";
import { describe, expect, test, vi } from "vitest";
import type { TransportFactory } from "../../src/index.js";
import { setUp } from "../set-up.js";

describe("flush", () => {
  test("sends waiting metrics and resolves to true once they are delivered", async () => {
    const { client, transport } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    let result: boolean | undefined;
    void client.flush().then((value) => (result = value));
    await settle();
    expect(transport.metrics).toHaveLength(1);
    expect(result).toBeUndefined();
    transport.sends[0]?.answer();
    await settle();
    expect(result).toBe(true);
  });

  test("waits for sends that are already in flight", async () => {
    const { client, transport, advanceInterval } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    await advanceInterval();
    let result: boolean | undefined;
    void client.flush().then((value) => (result = value));
    await settle();
    expect(result).toBeUndefined();
    transport.sends[0]?.answer();
    await settle();
    expect(result).toBe(true);
  });

  test("resolves to false at its timeout and drops nothing", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    const flushed = client.flush(100);
    await clock.advance(100);
    expect(await flushed).toBe(false);
    expect(client.stats()).toMatchObject({ pending: 1, dropped: {} });
    transport.sends[0]?.answer();
    await settle();
    expect(client.stats()).toMatchObject({ pending: 0, delivered: 1 });
  });

  test("does not wait for metrics recorded after it", async () => {
    const { client, transport } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("before");
    const flushed = client.flush();
    await settle();
    client.metrics.count("after");
    transport.sends[0]?.answer();
    expect(await flushed).toBe(true);
    expect(client.stats().pending).toBe(1);
  });

  test("sends a queue of many envelopes in spite of maxInFlight", async () => {
    const { client } = setUp({ maxInFlight: 1 });
    for (let i = 0; i < 5000; i += 1) client.metrics.count("a");
    expect(await client.flush()).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 5000, pending: 0 });
  });

  test("resolves to false when the server refused some metrics, which are reported as lost", async () => {
    const { client, transport, drops } = setUp();
    transport.onSend = { statusCode: 400 };
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    expect(drops).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    client.metrics.count("a");
    expect(await client.flush()).toBe(true);
  });

  test("without a timeout resolves to false once a send has failed, and drops nothing", async () => {
    const { client, transport } = setUp();
    transport.onSend = new Error("offline");
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    expect(client.stats()).toMatchObject({ pending: 1, dropped: {} });
  });

  test("with a timeout retries until then", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = new Error("offline");
    client.metrics.count("a");
    const flushed = client.flush(5000);
    await settle();
    transport.onSend = { statusCode: 200 };
    await clock.advance(1000);
    expect(await flushed).toBe(true);
    expect(client.stats()).toMatchObject({ pending: 0, delivered: 1 });
  });

  test("waits for its own batch only, even when that batch is retried after later ones", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("mine");
    const results: boolean[] = [];
    void client.flush(60_000).then((value) => results.push(value));
    await settle();
    for (let i = 0; i < 100; i++) client.metrics.count("later");
    void client.flush(60_000);
    await settle();
    transport.sends[0]?.fail();
    transport.sends[1]?.answer();
    await settle();
    expect(results).toEqual([]);
    await clock.advance(1000);
    expect(transport.sends[2]?.envelope.metrics).toMatchObject([{ name: "mine" }]);
    transport.sends[2]?.answer();
    await settle();
    expect(results).toEqual([true]);
  });

  test("resolves to true when nothing waits, and leaves no timer", async () => {
    const { client, clock } = setUp();
    expect(await client.flush()).toBe(true);
    expect(await client.flush(1000)).toBe(true);
    expect(clock.timers).toBe(0);
  });

  test("can be called several times concurrently", async () => {
    const { client, transport } = setUp();
    client.metrics.count("a");
    expect(await Promise.all([client.flush(), client.flush(), client.flush(10)])).toEqual([
      true,
      true,
      true,
    ]);
    expect(transport.sends).toHaveLength(1);
  });

  test("resolves to false when the transport's flush rejects", async () => {
    const inner = setUp();
    const { client } = setUp({
      transport: (options) => ({
        ...inner.platform.transport(options),
        flush: () => Promise.reject(new Error("broken flush")),
      }),
    });
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });
});

describe("close", () => {
  test("flushes, then turns the client into a no-op without timers", async () => {
    const { client, transport, clock } = setUp();
    client.metrics.count("a");
    client.metrics.gauge("lost", NaN);
    expect(await client.close()).toBe(true);
    expect(clock.timers).toBe(0);
    client.metrics.count("late");
    client.metrics.gauge("late", NaN);
    await clock.advance(100_000);
    expect(transport.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(transport.reports).toHaveLength(1);
    expect(client.stats()).toMatchObject({ recorded: 2, delivered: 1, pending: 0 });
  });

  test("removes the platform's listeners once", async () => {
    const undo = vi.fn<() => void>();
    const { client } = setUp({}, { start: () => undo });
    await client.close();
    await client.close();
    expect(undo).toHaveBeenCalledOnce();
  });

  test("resolves to the same value for every caller, and flush still resolves afterwards", async () => {
    const { client } = setUp();
    expect(await Promise.all([client.close(), client.close(5)])).toEqual([true, true]);
    expect(await client.flush()).toBe(true);
  });

  test("resolves to false at its timeout; a later answer still counts", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    const closed = client.close(100);
    await clock.advance(100);
    expect(await closed).toBe(false);
    transport.sends[0]?.answer();
    await settle();
    expect(client.stats()).toMatchObject({ recorded: 1, delivered: 1, pending: 0 });
    expect(clock.timers).toBe(0);
  });

  test("sends metrics that still wait at its timeout once", async () => {
    const { client, transport, clock } = setUp({ maxInFlight: 1 });
    transport.onSend = "unanswered";
    for (let i = 0; i < 100; i += 1) client.metrics.count("first");
    await clock.advance(0);
    client.metrics.count("second");
    const closed = client.close(10);
    await clock.advance(10);
    await closed;
    expect(transport.metrics.map(({ name }) => name)).toContain("second");
  });

  test("leaves no timer when sends fail after it", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    const closed = client.close(10);
    await clock.advance(10);
    await closed;
    transport.onSend = { statusCode: 200 };
    transport.sends[0]?.fail();
    await settle();
    expect(client.stats()).toMatchObject({ pending: 0, dropped: { network_error: 1 } });
    expect(clock.timers).toBe(0);
  });
});

describe("flush", () => {
  test("with a timeout of Infinity waits until everything is delivered", async () => {
    const { client } = setUp();
    client.metrics.count("a");
    expect(await client.flush(Infinity)).toBe(true);
  });

  test("does not depend on a transport's flush, which may be missing or never resolve", async () => {
    const send = async () => ({ statusCode: 200 });
    const none = setUp({ transport: (() => ({ send })) as unknown as TransportFactory });
    expect(await none.client.flush()).toBe(true);
    const endless = setUp({ transport: () => ({ send, flush: () => new Promise(() => {}) }) });
    const flushed = endless.client.flush();
    await endless.clock.advance(10_000);
    expect(await flushed).toBe(false);
  });
});

test.each([503, "refused"])(
  "flush does not retry in a loop when the pause is shortest: %s",
  async (fault) => {
    const { client, transport } = setUp({}, { random: () => 0 });
    transport.onSend = fault === 503 ? { statusCode: 503 } : new Error("refused");
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    expect(transport.sends).toHaveLength(1);
  },
);

test("flush resolves to false when metrics were refused since the last flush", async () => {
  const { client, advanceInterval, transport } = setUp();
  transport.onSend = { statusCode: 403 };
  client.metrics.count("a");
  await advanceInterval();
  expect(client.stats().pending).toBe(0);
  expect(await client.flush()).toBe(false);
  expect(await client.flush()).toBe(true);
});

test("flush resolves to true although an explorer never answers its copy", async () => {
  const { client, clock, spotlight } = setUp({ spotlight: true });
  spotlight.onSend = "unanswered";
  client.metrics.count("a");
  const flushed = client.flush(5000);
  await clock.advance(5000);
  expect(await flushed).toBe(true);
});
