import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const record = ({ client }: SetUp, calls: number, name = "a"): void => {
  for (let i = 0; i < calls; i += 1) client.metrics.count(name);
};
const sizes = ({ transport }: SetUp): number[] =>
  transport.sends.map(({ envelope }) => envelope.metrics.length);

describe("the queue sends", () => {
  test("five seconds after the first waiting metric and not before", async () => {
    const setup = setUp();
    record(setup, 1);
    await setup.clock.advance(3000);
    record(setup, 1);
    await setup.clock.advance(1999);
    expect(sizes(setup)).toEqual([]);
    await setup.clock.advance(1);
    expect(sizes(setup)).toEqual([2]);
  });

  test("after the flushInterval of the options", async () => {
    const setup = setUp({ flushInterval: 50 });
    record(setup, 1);
    await setup.clock.advance(49);
    expect(sizes(setup)).toEqual([]);
    await setup.clock.advance(1);
    expect(sizes(setup)).toEqual([1]);
  });

  test("immediately, in its own task, when a batch of 100 is full", async () => {
    const setup = setUp();
    record(setup, 99);
    await setup.clock.advance(0);
    expect(sizes(setup)).toEqual([]);
    record(setup, 1);
    expect(sizes(setup)).toEqual([]);
    await setup.clock.advance(0);
    expect(sizes(setup)).toEqual([100]);
  });

  test("five seconds after the next metric, however late it comes", async () => {
    const setup = setUp();
    record(setup, 1);
    await setup.clock.advance(60_000);
    expect(setup.clock.timers).toBe(0);
    record(setup, 1);
    await setup.clock.advance(4999);
    expect(sizes(setup)).toEqual([1]);
    await setup.clock.advance(1);
    expect(sizes(setup)).toEqual([1, 1]);
  });

  test("a burst completely and in order", async () => {
    const { client, transport, advanceInterval } = setUp();
    for (let i = 0; i < 2500; i += 1) client.metrics.count(`n${i}`);
    await advanceInterval();
    const names = transport.metrics.map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 2500 }, (_, i) => `n${i}`));
  });
});

test("batches grow to 1000 while others are in flight", async () => {
  const setup = setUp();
  setup.transport.onSend = "unanswered";
  record(setup, 100);
  await setup.clock.advance(0);
  record(setup, 950);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100]);
  record(setup, 1150);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100, 1000, 1000]);
});

test("at most maxInFlight envelopes are in flight", async () => {
  const setup = setUp({ maxInFlight: 2 });
  setup.transport.onSend = "unanswered";
  for (let round = 0; round < 5; round += 1) {
    record(setup, 1000);
    await setup.clock.advance(0);
  }
  expect(setup.transport.open).toBe(2);
  setup.transport.sends[0]?.answer();
  await setup.clock.advance(0);
  expect(setup.transport.open).toBe(2);
  expect(setup.transport.sends).toHaveLength(3);
});

describe("a full queue", () => {
  test("with overflow: 'drop' drops new metrics and reports them", async () => {
    const setup = setUp({ maxQueueItems: 10, overflow: "drop" });
    record(setup, 12, "queue.depth");
    expect(setup.client.stats()).toMatchObject({ pending: 10, dropped: { buffer_overflow: 2 } });
    expect(setup.drops).toEqual(
      Array(2).fill({
        reason: "buffer_overflow",
        metrics: 1,
        bytes: expect.any(Number),
        name: "queue.depth",
      }),
    );
    await setup.advanceInterval();
    expect(setup.transport.metrics).toHaveLength(10);
  });

  test("counts metrics in flight", async () => {
    const setup = setUp({ maxQueueItems: 150, overflow: "drop" });
    setup.transport.onSend = "unanswered";
    record(setup, 100);
    await setup.clock.advance(0);
    expect(setup.transport.open).toBe(1);
    record(setup, 60);
    expect(setup.client.stats()).toMatchObject({ pending: 150, dropped: { buffer_overflow: 10 } });
    setup.transport.sends[0]?.answer();
    await setup.clock.advance(0);
    record(setup, 60);
    expect(setup.client.stats().dropped).toEqual({ buffer_overflow: 10 });
  });

  test("is also limited in bytes, and has room again once metrics are delivered", async () => {
    const setup = setUp({ maxQueueBytes: 5000, overflow: "drop" });
    const attributes = { text: "x".repeat(900) };
    const fill = (): void => {
      for (let i = 0; i < 10; i += 1) setup.client.metrics.count("a", 1, { attributes });
    };
    fill();
    const first = setup.client.stats().pending;
    // Each metric has about 1009 bytes: a fifth one would exceed the limit.
    expect(first).toBe(4);
    await setup.advanceInterval();
    expect(setup.client.stats().delivered).toBe(first);
    fill();
    expect(setup.client.stats().pending).toBe(first);
    expect(balance(setup)).toMatchObject({ recorded: 20, accounted: 20 });
  });
});

test("an envelope never exceeds the platform's limit; the rest is sent in further ones", async () => {
  const { client, transport, advanceInterval } = setUp({}, { maxEnvelopeBytes: 10_000 });
  for (let i = 0; i < 90; i += 1)
    client.metrics.count(`n${i}`, 1, { attributes: { text: "€".repeat(i * 3) } });
  await advanceInterval();
  const containers = transport.sends.map(({ envelope }) => envelope.items[0]?.payload.length ?? 0);
  expect(Math.max(...containers)).toBeLessThanOrEqual(10_000);
  expect(containers.length).toBeGreaterThan(3);
  expect(transport.metrics.map(({ name }) => name)).toEqual(
    Array.from({ length: 90 }, (_, i) => `n${i}`),
  );
});

test("a single metric above that limit is still sent", async () => {
  const setup = setUp({}, { maxEnvelopeBytes: 10 });
  record(setup, 3);
  await setup.advanceInterval();
  expect(sizes(setup)).toEqual([1, 1, 1]);
});

test("a long steady load is delivered completely", async () => {
  const setup = setUp();
  for (let round = 0; round < 200; round += 1) {
    record(setup, 500);
    await setup.clock.advance(100);
  }
  await setup.advanceInterval();
  expect(setup.client.stats()).toMatchObject({ recorded: 100_000, delivered: 100_000, pending: 0 });
});
