import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const STEP_MS = 10;

/** How long it takes until the next envelope leaves, in milliseconds. */
async function pause({ clock, transport }: SetUp): Promise<number> {
  const { length } = transport.sends;
  const start = clock.now();
  while (transport.sends.length === length && clock.now() - start < 100_000)
    await clock.advance(STEP_MS);
  return clock.now() - start;
}

/** A client whose only metric has just failed, with this fixed chance. */
async function failed(random: number): Promise<SetUp> {
  const it = setUp({}, { random: () => random });
  it.transport.onSend = new Error("connection reset");
  it.client.metrics.count("a");
  await it.leave();
  return it;
}

const sizes = ({ transport }: SetUp): number[] =>
  transport.sends.map(({ envelope }) => envelope.metrics.length);

describe("a send is tried again", () => {
  test.each<[string, { statusCode: number } | Error]>([
    ["408", { statusCode: 408 }],
    ["502", { statusCode: 502 }],
    ["503", { statusCode: 503 }],
    ["504", { statusCode: 504 }],
    ["a broken connection", new Error("connection reset")],
  ])("after %s, until it arrives", async (_what, end) => {
    const it = setUp();
    it.transport.onSend = end;
    it.client.metrics.count("a", 7);
    await it.leave();
    for (let i = 0; i < 20; i++) await pause(it);
    expect(it.transport.sends).toHaveLength(21);
    expect(it.client.stats()).toMatchObject({ pending: 1, delivered: 0, dropped: {} });
    it.transport.onSend = { statusCode: 200 };
    await pause(it);
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 1 });
    expect(it.transport.metrics.at(-1)).toEqual(it.transport.metrics[0]);
  });

  test("after a server that says nothing for 10 s", async () => {
    const it = setUp();
    it.transport.onSend = "hold";
    it.client.metrics.count("a");
    await it.leave();
    await it.clock.advance(9999);
    expect(it.transport.sends).toHaveLength(1);
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(1001);
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 1 });
    // The answer that came too late changes nothing.
    it.transport.sends[0]?.answer();
    await settle();
    expect(it.client.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  });
});

describe("the pause before it", () => {
  test("is at most 1 s, then twice that with each failure, up to 30 s", async () => {
    const it = await failed(0.999_999);
    const pauses = [];
    for (let i = 0; i < 8; i++) pauses.push(await pause(it));
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("is any time up to that: clients that failed together come back apart", async () => {
    const it = await failed(0.25);
    const pauses = [];
    for (let i = 0; i < 3; i++) pauses.push(await pause(it));
    expect(pauses).toEqual([250, 500, 1000]);
  });

  test("is short again once a send was answered", async () => {
    const it = await failed(0.999_999);
    await pause(it);
    await pause(it);
    it.transport.onSend = { statusCode: 200 };
    await pause(it);
    it.transport.onSend = new Error("connection reset");
    it.client.metrics.count("a");
    await it.leave();
    expect(await pause(it)).toBe(1000);
  });

  test("does not double for sends that failed together", async () => {
    const it = setUp({}, { random: () => 0.999_999 });
    it.transport.onSend = "hold";
    for (let i = 0; i < 4000; i++) it.client.metrics.count("a");
    await it.clock.advance(0);
    expect(it.transport.open).toBe(4);
    for (const send of it.transport.sends) send.fail();
    await settle();
    expect(await pause(it)).toBe(1000);
  });

  test.each([
    ["7", 7000],
    ["2.5", 2500],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 25_000],
    ["soon", 250],
    ["0", 250],
  ])("is at least what Retry-After %j asks for", async (header, milliseconds) => {
    const it = setUp({}, { random: () => 0.25 });
    const headers = { "retry-after": header, "x-sentry-rate-limits": null };
    it.transport.onSend = { statusCode: 503, headers };
    it.client.metrics.count("a");
    await it.leave();
    expect(await pause(it)).toBe(milliseconds);
  });

  test("costs nothing: no send and at most one timer, whatever is recorded meanwhile", async () => {
    const it = await failed(0.999_999);
    for (let i = 0; i < 5000; i++) it.client.metrics.count("a");
    await it.clock.advance(900);
    expect(it.transport.sends).toHaveLength(1);
    expect(it.clock.timers).toBe(1);
  });
});

describe("a server that comes back", () => {
  test("gets one envelope first, and the rest only after its answer", async () => {
    const it = await failed(0.5);
    for (let i = 0; i < 3000; i++) it.client.metrics.count("a");
    it.transport.onSend = "hold";
    await pause(it);
    await it.clock.advance(5000);
    expect(it.transport.open).toBe(1);
    it.transport.sends.at(-1)?.answer();
    await settle();
    expect(it.transport.open).toBe(4);
  });

  test("gets all in the order of the calls when each answers", async () => {
    const it = await failed(0.5);
    for (let i = 1; i < 3000; i++) it.client.metrics.gauge("a", i);
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(1000);
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 3000 });
    const gauges = it.transport.metrics.filter(({ type }) => type === "gauge");
    expect(gauges.map(({ value }) => value)).toEqual(Array.from({ length: 2999 }, (_, i) => i + 1));
  });

  test("is left alone again when it fails the first", async () => {
    const it = await failed(0.999_999);
    for (let i = 0; i < 3000; i++) it.client.metrics.count("a");
    await pause(it);
    expect(it.transport.sends).toHaveLength(2);
    expect(await pause(it)).toBe(2000);
    expect(it.transport.sends).toHaveLength(3);
  });
});

describe("a 413", () => {
  /** Takes envelopes up to this many bytes. */
  function takesUpTo(it: SetUp, bytes: number): void {
    const { sends } = it.transport;
    Object.defineProperty(it.transport, "onSend", {
      get: () => ({ statusCode: (sends.at(-1)?.bytes.length ?? 0) > bytes ? 413 : 200 }),
    });
  }

  test("has envelopes halved until they are taken, at once and whole", async () => {
    const it = setUp();
    takesUpTo(it, 6000);
    for (let i = 0; i < 100; i++) it.client.metrics.gauge("a", i);
    await it.clock.advance(100);
    expect(it.client.stats()).toMatchObject({ pending: 0, delivered: 100, dropped: {} });
    const taken = it.transport.sends.filter(({ bytes }) => bytes.length <= 6000);
    const values = taken.flatMap(({ envelope }) => envelope.metrics).map(({ value }) => value);
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    // Not one by one: about half of what would be taken, or more.
    expect(taken.length).toBeLessThan(14);
    expect(Math.max(...sizes(it).slice(-taken.length))).toBeGreaterThan(8);
  });

  test("is remembered, and what arrives makes envelopes grow again", async () => {
    const it = setUp({ flushInterval: 10 });
    takesUpTo(it, 6000);
    const round = async (): Promise<number[]> => {
      const before = it.transport.sends.length;
      for (let i = 0; i < 100; i++) it.client.metrics.count("a");
      await it.clock.advance(100);
      return sizes(it).slice(before);
    };
    await round();
    expect(Math.max(...(await round()))).toBeLessThan(100);
    takesUpTo(it, Infinity);
    for (let i = 0; i < 20; i++) await round();
    expect(await round()).toEqual([100]);
    expect(balance(it).dropped).toEqual({});
  });

  test("to a single metric drops that one, and it is announced", async () => {
    const it = setUp();
    takesUpTo(it, 1500);
    it.client.metrics.count("small");
    it.client.metrics.count("large", 1, { attributes: { text: "x".repeat(1800) } });
    it.client.metrics.count("small");
    await it.leave();
    await it.clock.advance(1000);
    expect(it.client.stats()).toMatchObject({
      pending: 0,
      delivered: 2,
      dropped: { send_error: 1 },
    });
    expect(it.drops).toMatchObject([{ name: "large", reason: "send_error", metrics: 1 }]);
  });
});
