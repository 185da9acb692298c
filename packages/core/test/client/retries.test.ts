import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const STEP_MS = 10;

/** The time until the next envelope is sent, in milliseconds. */
async function measurePause({ clock, transport }: SetUp): Promise<number> {
  const { length } = transport.sends;
  const start = clock.now();
  while (transport.sends.length === length && clock.now() - start < 100_000)
    await clock.advance(STEP_MS);
  return clock.now() - start;
}

/** A client whose only send has just failed, with a fixed random number. */
async function setUpFailed(random: number): Promise<SetUp> {
  const setup = setUp({}, { random: () => random });
  setup.transport.onSend = new Error("connection reset");
  setup.client.metrics.count("a");
  await setup.advanceInterval();
  return setup;
}

const sizes = ({ transport }: SetUp): number[] =>
  transport.sends.map(({ envelope }) => envelope.metrics.length);

describe("a send is retried", () => {
  test.each<[string, { statusCode: number } | Error]>([
    ["408", { statusCode: 408 }],
    ["502", { statusCode: 502 }],
    ["503", { statusCode: 503 }],
    ["504", { statusCode: 504 }],
    ["a broken connection", new Error("connection reset")],
  ])("after %s, until it is delivered", async (_label, end) => {
    const setup = setUp();
    setup.transport.onSend = end;
    setup.client.metrics.count("a", 7);
    await setup.advanceInterval();
    for (let i = 0; i < 20; i++) await measurePause(setup);
    expect(setup.transport.sends).toHaveLength(21);
    expect(setup.client.stats()).toMatchObject({ pending: 1, delivered: 0, dropped: {} });
    setup.transport.onSend = { statusCode: 200 };
    await measurePause(setup);
    expect(setup.client.stats()).toMatchObject({ pending: 0, delivered: 1 });
    expect(setup.transport.metrics.at(-1)).toEqual(setup.transport.metrics[0]);
  });

  test("when the server does not answer for 10 s", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    await advanceInterval();
    await clock.advance(9999);
    expect(transport.sends).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    await clock.advance(1001);
    expect(client.stats()).toMatchObject({ pending: 0, delivered: 1 });
    // A later answer is ignored.
    transport.sends[0]?.answer();
    await settle();
    expect(client.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  });
});

describe("the pause before a retry", () => {
  test("is at most 1 s and doubles with each failure up to 30 s", async () => {
    const setup = await setUpFailed(0.999_999);
    const pauses = [];
    for (let i = 0; i < 8; i++) pauses.push(await measurePause(setup));
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("has full jitter, so that clients that failed together retry at different times", async () => {
    const setup = await setUpFailed(0.25);
    const pauses = [];
    for (let i = 0; i < 3; i++) pauses.push(await measurePause(setup));
    expect(pauses).toEqual([250, 500, 1000]);
  });

  test("is at most 1 s again after a send was answered", async () => {
    const setup = await setUpFailed(0.999_999);
    await measurePause(setup);
    await measurePause(setup);
    setup.transport.onSend = { statusCode: 200 };
    await measurePause(setup);
    setup.transport.onSend = new Error("connection reset");
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    expect(await measurePause(setup)).toBe(1000);
  });

  test("does not double for sends that failed together", async () => {
    const setup = setUp({}, { random: () => 0.999_999 });
    setup.transport.onSend = "unanswered";
    for (let i = 0; i < 4000; i++) setup.client.metrics.count("a");
    await setup.clock.advance(0);
    expect(setup.transport.open).toBe(4);
    for (const send of setup.transport.sends) send.fail();
    await settle();
    expect(await measurePause(setup)).toBe(1000);
  });

  test.each([
    ["7", 7000],
    ["2.5", 2500],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 25_000],
    ["soon", 250],
    ["0", 250],
  ])("is at least as long as Retry-After %j says", async (header, milliseconds) => {
    const setup = setUp({}, { random: () => 0.25 });
    const headers = { "retry-after": header, "x-sentry-rate-limits": null };
    setup.transport.onSend = { statusCode: 503, headers };
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    expect(await measurePause(setup)).toBe(milliseconds);
  });

  test("has no send and one timer, however much is recorded meanwhile", async () => {
    const { client, transport, clock } = await setUpFailed(0.999_999);
    for (let i = 0; i < 5000; i++) client.metrics.count("a");
    await clock.advance(900);
    expect(transport.sends).toHaveLength(1);
    expect(clock.timers).toBe(1);
  });
});

describe("a server that recovers", () => {
  test("receives one envelope first, and the rest after it has answered", async () => {
    const setup = await setUpFailed(0.5);
    for (let i = 0; i < 5000; i++) setup.client.metrics.count("a");
    setup.transport.onSend = "unanswered";
    await measurePause(setup);
    await setup.clock.advance(5000);
    expect(setup.transport.open).toBe(1);
    setup.transport.sends.at(-1)?.answer();
    await settle();
    expect(setup.transport.open).toBe(4);
  });

  test("receives metrics in the order of the calls", async () => {
    const { client, transport, clock } = await setUpFailed(0.5);
    for (let i = 1; i < 3000; i++) client.metrics.gauge("a", i);
    transport.onSend = { statusCode: 200 };
    await clock.advance(1000);
    expect(client.stats()).toMatchObject({ pending: 0, delivered: 3000 });
    const gauges = transport.metrics.filter(({ type }) => type === "gauge");
    expect(gauges.map(({ value }) => value)).toEqual(Array.from({ length: 2999 }, (_, i) => i + 1));
  });

  test("receives nothing for a longer pause when the first envelope fails", async () => {
    const setup = await setUpFailed(0.999_999);
    for (let i = 0; i < 3000; i++) setup.client.metrics.count("a");
    await measurePause(setup);
    expect(setup.transport.sends).toHaveLength(2);
    expect(await measurePause(setup)).toBe(2000);
    expect(setup.transport.sends).toHaveLength(3);
  });
});

describe("a 413", () => {
  /** Accepts envelopes up to this size and answers larger ones with a 413. */
  function acceptUpTo(setup: SetUp, bytes: number): void {
    const { sends } = setup.transport;
    Object.defineProperty(setup.transport, "onSend", {
      get: () => ({ statusCode: (sends.at(-1)?.bytes.length ?? 0) > bytes ? 413 : 200 }),
    });
  }

  test("halves envelopes immediately until they are accepted, and loses nothing", async () => {
    const setup = setUp();
    acceptUpTo(setup, 6000);
    for (let i = 0; i < 100; i++) setup.client.metrics.gauge("a", i);
    await setup.clock.advance(100);
    expect(setup.client.stats()).toMatchObject({ pending: 0, delivered: 100, dropped: {} });
    const accepted = setup.transport.sends.filter(({ bytes }) => bytes.length <= 6000);
    const values = accepted.flatMap(({ envelope }) => envelope.metrics).map(({ value }) => value);
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    // Envelopes are at least about half as large as the server accepts.
    expect(accepted.length).toBeLessThan(14);
    expect(Math.max(...sizes(setup).slice(-accepted.length))).toBeGreaterThan(8);
  });

  test("lowers the envelope size, which grows again with each delivery", async () => {
    const setup = setUp({ flushInterval: 10 });
    acceptUpTo(setup, 6000);
    const round = async (): Promise<number[]> => {
      const before = setup.transport.sends.length;
      for (let i = 0; i < 100; i++) setup.client.metrics.count("a");
      await setup.clock.advance(100);
      return sizes(setup).slice(before);
    };
    await round();
    expect(Math.max(...(await round()))).toBeLessThan(100);
    acceptUpTo(setup, Infinity);
    for (let i = 0; i < 20; i++) await round();
    expect(await round()).toEqual([100]);
    expect(balance(setup).dropped).toEqual({});
  });

  test("drops a metric that is too large by itself and reports it", async () => {
    const setup = setUp();
    acceptUpTo(setup, 1500);
    setup.client.metrics.count("small");
    setup.client.metrics.count("large", 1, { attributes: { text: "x".repeat(1800) } });
    setup.client.metrics.count("small");
    await setup.advanceInterval();
    await setup.clock.advance(1000);
    expect(setup.client.stats()).toMatchObject({
      pending: 0,
      delivered: 2,
      dropped: { send_error: 1 },
    });
    expect(setup.drops).toMatchObject([{ name: "large", reason: "send_error", metrics: 1 }]);
  });
});
