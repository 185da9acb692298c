import { describe, expect, test } from "vitest";
import { setUp, type SetUp } from "../set-up.js";

const record = ({ client }: SetUp, calls: number): void => {
  for (let i = 0; i < calls; i++) client.metrics.count("a");
};
const sizes = ({ transport }: SetUp): number[] =>
  transport.sends.map(({ envelope }) => envelope.metrics.length);

/** Records a batch that leaves immediately, and so begins the interval until the next one may. */
async function sendFirstBatch(setup: SetUp): Promise<void> {
  record(setup, 100);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100]);
}

/** Records for this many milliseconds, in each of them this many metrics. */
async function load(setup: SetUp, perMs: number, milliseconds: number): Promise<void> {
  for (let ms = 0; ms < milliseconds; ms++) {
    record(setup, perMs);
    await setup.clock.advance(1);
  }
}

describe("under steady load", () => {
  test.each([3, 5, 19])(
    "of %i000 metrics a second there are 20 requests a second",
    async (perMs) => {
      const setup = setUp();
      await load(setup, perMs, 3000);
      expect(setup.transport.sends.length).toBeGreaterThanOrEqual(55);
      expect(setup.transport.sends.length).toBeLessThanOrEqual(61);
      await setup.advanceInterval();
      expect(setup.client.stats()).toMatchObject({
        delivered: perMs * 3000,
        pending: 0,
        dropped: {},
      });
    },
  );

  test("of 50 000 metrics a second each request has 1000 of them and leaves when they are there", async () => {
    const setup = setUp();
    await sendFirstBatch(setup);
    await load(setup, 50, 1000);
    expect(sizes(setup).slice(1)).toEqual(Array<number>(50).fill(1000));
  });

  test("no metric waits longer than 50 milliseconds for a larger batch", async () => {
    const setup = setUp();
    await sendFirstBatch(setup);
    record(setup, 100);
    await setup.clock.advance(49);
    expect(sizes(setup)).toEqual([100]);
    await setup.clock.advance(1);
    expect(sizes(setup)).toEqual([100, 100]);
  });
});

describe("batches are not delayed", () => {
  test("when they follow each other slowly", async () => {
    const setup = setUp();
    for (let batch = 1; batch <= 5; batch++) {
      record(setup, 100);
      await setup.clock.advance(0);
      expect(sizes(setup)).toEqual(Array(batch).fill(100));
      await setup.clock.advance(50);
    }
  });

  test("by flush()", async () => {
    const setup = setUp();
    await sendFirstBatch(setup);
    record(setup, 130);
    expect(await setup.client.flush()).toBe(true);
    expect(sizes(setup)).toEqual([100, 130]);
  });

  test("by close()", async () => {
    const setup = setUp();
    await sendFirstBatch(setup);
    record(setup, 130);
    await setup.client.close();
    expect(sizes(setup)).toEqual([100, 130]);
    expect(setup.clock.timers).toBe(0);
  });

  test.each<[string, object]>([
    ["items", { maxQueueItems: 150 }],
    ["bytes", { maxQueueBytes: 20_000 }],
  ])("when the queue has too little room to wait, measured in %s", async (_, options) => {
    const setup = setUp({ ...options, overflow: "drop" });
    await sendFirstBatch(setup);
    for (let batch = 0; batch < 5; batch++) {
      record(setup, 100);
      await setup.clock.advance(1);
    }
    expect(sizes(setup)).toEqual(Array(6).fill(100));
    expect(setup.drops).toEqual([]);
  });

  test("by the flushInterval, if that is shorter", async () => {
    const setup = setUp({ flushInterval: 20 });
    await sendFirstBatch(setup);
    record(setup, 100);
    await setup.clock.advance(20);
    expect(sizes(setup)).toEqual([100, 100]);
  });
});

test("metrics that follow a flush wait for their interval, not for the end of the pace", async () => {
  const setup = setUp();
  await sendFirstBatch(setup);
  record(setup, 100);
  await setup.client.flush();
  record(setup, 5);
  await setup.clock.advance(4900);
  expect(sizes(setup)).toEqual([100, 100]);
  await setup.clock.advance(200);
  expect(sizes(setup)).toEqual([100, 100, 5]);
});

test("a rate limit lasts as long as Sentry asks, and everything leaves at its end", async () => {
  const setup = setUp({ overflow: "drop" });
  setup.transport.onSend = {
    statusCode: 429,
    headers: { "x-sentry-rate-limits": "1:trace_metric:key", "retry-after": null },
  };
  await sendFirstBatch(setup);
  record(setup, 100);
  setup.transport.onSend = { statusCode: 200 };
  await setup.clock.advance(999);
  expect(sizes(setup)).toEqual([100]);
  await setup.clock.advance(1);
  // The refused metrics leave together with the others.
  expect(sizes(setup)).toEqual([100, 200]);
});

test("on a platform without a pace, a batch takes what waits from 100 metrics on, one after the other", async () => {
  const setup = setUp({}, { createPace: undefined as never });
  record(setup, 99);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([]);
  record(setup, 201);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([300]);
  record(setup, 150);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([300, 150]);
});

test("on a platform without a pace, a full batch waits while another one has no answer", async () => {
  const setup = setUp({}, { createPace: undefined as never });
  setup.transport.onSend = "unanswered";
  record(setup, 100);
  await setup.clock.advance(0);
  record(setup, 100);
  await setup.clock.advance(100);
  expect(sizes(setup)).toEqual([100]);
});

test("on a platform without a pace, a half full queue uses all requests that there may be", async () => {
  const options = { maxInFlight: 3, maxQueueItems: 1000 };
  const setup = setUp(options, { createPace: undefined as never });
  setup.transport.onSend = "unanswered";
  record(setup, 100);
  await setup.clock.advance(0);
  record(setup, 300);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100]);
  record(setup, 100);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100, 400]);
  record(setup, 100);
  await setup.clock.advance(0);
  expect(sizes(setup)).toEqual([100, 400, 100]);
});
