import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const record = ({ client }: SetUp, calls: number, name = "a"): void => {
  for (let i = 0; i < calls; i += 1) client.metrics.count(name);
};
const sizes = ({ transport }: SetUp): number[] =>
  transport.sends.map(({ envelope }) => envelope.metrics.length);

describe("the queue opens", () => {
  test("five seconds after the first waiting metric, not before", async () => {
    const it = setUp();
    record(it, 1);
    await it.clock.advance(3000);
    record(it, 1);
    await it.clock.advance(1999);
    expect(sizes(it)).toEqual([]);
    await it.clock.advance(1);
    expect(sizes(it)).toEqual([2]);
  });

  test("after flushInterval when another one is given", async () => {
    const it = setUp({ flushInterval: 50 });
    record(it, 1);
    await it.clock.advance(49);
    expect(sizes(it)).toEqual([]);
    await it.clock.advance(1);
    expect(sizes(it)).toEqual([1]);
  });

  test("at once, in a task of its own, when a batch of 100 is full", async () => {
    const it = setUp();
    record(it, 99);
    await it.clock.advance(0);
    expect(sizes(it)).toEqual([]);
    record(it, 1);
    expect(sizes(it)).toEqual([]);
    await it.clock.advance(0);
    expect(sizes(it)).toEqual([100]);
  });

  test("again five seconds after the next metric, however long that takes", async () => {
    const it = setUp();
    record(it, 1);
    await it.clock.advance(60_000);
    expect(it.clock.timers).toBe(0);
    record(it, 1);
    await it.clock.advance(4999);
    expect(sizes(it)).toEqual([1]);
    await it.clock.advance(1);
    expect(sizes(it)).toEqual([1, 1]);
  });

  test("for all that waits: a burst leaves in order and whole", async () => {
    const it = setUp();
    for (let i = 0; i < 2500; i += 1) it.client.metrics.count(`n${i}`);
    await it.leave();
    const names = it.transport.metrics.map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 2500 }, (_, i) => `n${i}`));
  });
});

test("batches grow to 1000 while others are under way", async () => {
  const it = setUp();
  it.transport.onSend = "hold";
  record(it, 100);
  await it.clock.advance(0);
  record(it, 950);
  await it.clock.advance(0);
  expect(sizes(it)).toEqual([100]);
  record(it, 1150);
  await it.clock.advance(0);
  expect(sizes(it)).toEqual([100, 1000, 1000]);
});

test("at most maxInFlight envelopes are under way", async () => {
  const it = setUp({ maxInFlight: 2 });
  it.transport.onSend = "hold";
  for (let round = 0; round < 5; round += 1) {
    record(it, 1000);
    await it.clock.advance(0);
  }
  expect(it.transport.open).toBe(2);
  it.transport.sends[0]?.answer();
  await it.clock.advance(0);
  expect(it.transport.open).toBe(2);
  expect(it.transport.sends).toHaveLength(3);
});

describe("a full queue", () => {
  test("with overflow: 'drop' drops the arriving metric and announces it", async () => {
    const it = setUp({ maxQueueItems: 10, overflow: "drop" });
    record(it, 12, "queue.depth");
    expect(it.client.stats()).toMatchObject({ pending: 10, dropped: { buffer_overflow: 2 } });
    expect(it.drops).toEqual(
      Array(2).fill({
        reason: "buffer_overflow",
        metrics: 1,
        bytes: expect.any(Number),
        name: "queue.depth",
      }),
    );
    await it.leave();
    expect(it.transport.metrics).toHaveLength(10);
  });

  test("counts what is under way", async () => {
    const it = setUp({ maxQueueItems: 150, overflow: "drop" });
    it.transport.onSend = "hold";
    record(it, 100);
    await it.clock.advance(0);
    expect(it.transport.open).toBe(1);
    record(it, 60);
    expect(it.client.stats()).toMatchObject({ pending: 150, dropped: { buffer_overflow: 10 } });
    it.transport.sends[0]?.answer();
    await it.clock.advance(0);
    record(it, 60);
    expect(it.client.stats().dropped).toEqual({ buffer_overflow: 10 });
  });

  test("is full in bytes too, and has room again once they have left", async () => {
    const it = setUp({ maxQueueBytes: 5000, overflow: "drop" });
    const attributes = { text: "x".repeat(900) };
    const fill = (): void => {
      for (let i = 0; i < 10; i += 1) it.client.metrics.count("a", 1, { attributes });
    };
    fill();
    const first = it.client.stats().pending;
    // Each weighs about 1009 bytes: a fifth one would be above the limit.
    expect(first).toBe(4);
    await it.leave();
    expect(it.client.stats().delivered).toBe(first);
    fill();
    expect(it.client.stats().pending).toBe(first);
    expect(balance(it)).toMatchObject({ recorded: 20, accounted: 20 });
  });
});

test("an envelope never exceeds the platform's limit; the rest follows", async () => {
  const it = setUp({}, { maxEnvelopeBytes: 10_000 });
  for (let i = 0; i < 90; i += 1)
    it.client.metrics.count(`n${i}`, 1, { attributes: { text: "€".repeat(i * 3) } });
  await it.leave();
  const containers = it.transport.sends.map(
    ({ envelope }) => envelope.items[0]?.payload.length ?? 0,
  );
  expect(Math.max(...containers)).toBeLessThanOrEqual(10_000);
  expect(containers.length).toBeGreaterThan(3);
  expect(it.transport.metrics.map(({ name }) => name)).toEqual(
    Array.from({ length: 90 }, (_, i) => `n${i}`),
  );
});

test("one metric above that limit still leaves", async () => {
  const it = setUp({}, { maxEnvelopeBytes: 10 });
  record(it, 3);
  await it.leave();
  expect(sizes(it)).toEqual([1, 1, 1]);
});

test("a long steady load keeps no memory of what has left", async () => {
  const it = setUp();
  for (let round = 0; round < 200; round += 1) {
    record(it, 500);
    await it.clock.advance(100);
  }
  await it.leave();
  expect(it.client.stats()).toMatchObject({ recorded: 100_000, delivered: 100_000, pending: 0 });
});
