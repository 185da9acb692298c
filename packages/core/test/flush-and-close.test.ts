import { settle } from "@spanmeter/testing";
import { describe, expect, test, vi } from "vitest";
import { setUp } from "./set-up.js";

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

  test("is false when the server refused a part of what was recorded, which was announced", async () => {
    const it = setUp();
    it.transport.onSend = { statusCode: 400 };
    it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(false);
    expect(it.drops).toHaveLength(1);
    it.transport.onSend = { statusCode: 200 };
    it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(true);
  });

  test("without a timeout is false once a send has failed; nothing is thrown away", async () => {
    const it = setUp();
    it.transport.onSend = new Error("offline");
    it.client.metrics.count("a");
    expect(await it.client.flush()).toBe(false);
    expect(it.client.stats()).toMatchObject({ pending: 1, dropped: {} });
  });

  test("with a timeout goes on trying until then", async () => {
    const it = setUp();
    it.transport.onSend = new Error("offline");
    it.client.metrics.count("a");
    const flushed = it.client.flush(5000);
    await settle();
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(1000);
    expect(await flushed).toBe(true);
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 1 });
  });

  test("waits for its own batch alone when that comes back behind others", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("mine");
    const told: boolean[] = [];
    void it.client.flush(60_000).then((value) => told.push(value));
    await settle();
    for (let i = 0; i < 100; i++) it.client.metrics.count("later");
    void it.client.flush(60_000);
    await settle();
    it.transport.sends[0]?.fail();
    it.transport.sends[1]?.answer();
    await settle();
    expect(told).toEqual([]);
    await it.clock.advance(1000);
    expect(it.transport.sends[2]?.envelope.metrics).toMatchObject([{ name: "mine" }]);
    it.transport.sends[2]?.answer();
    await settle();
    expect(told).toEqual([true]);
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
