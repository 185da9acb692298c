import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const limited = (header: string, statusCode = 200) => ({
  statusCode,
  headers: { "x-sentry-rate-limits": header, "retry-after": null },
});

describe("while Sentry limits metrics", () => {
  test.each([
    "60:trace_metric:organization",
    "60:trace_metric_byte:organization",
    "60::organization",
  ])(
    "with %j, nothing is sent until the limit ends, and new metrics are folded",
    async (header) => {
      const { client, transport, clock, advanceInterval } = setUp();
      transport.onSend = limited(header);
      client.metrics.count("a");
      await advanceInterval();
      transport.onSend = { statusCode: 200 };
      for (let i = 0; i < 300; i++) {
        client.metrics.count("b", 2);
        await clock.advance(100);
      }
      expect(transport.sends).toHaveLength(1);
      expect(client.stats()).toMatchObject({ delivered: 1, pending: 300, dropped: {} });
      await clock.advance(30_000);
      const [, b] = transport.metrics;
      expect(b).toMatchObject({ name: "b", value: 600, attributes: { "spanmeter.folded": 300 } });
      expect(transport.sends).toHaveLength(2);
      expect(client.stats()).toMatchObject({ delivered: 301, pending: 0, dropped: {} });
    },
  );

  test("metrics refused with a 429 wait unchanged and are sent when the limit ends", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    transport.onSend = limited("60:trace_metric:organization", 429);
    for (let i = 0; i < 3; i++) client.metrics.count("a", i);
    await advanceInterval();
    await clock.advance(59_999);
    expect(transport.sends).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    await clock.advance(1);
    expect(transport.sends[1]?.envelope.metrics.map(({ value }) => value)).toEqual([0, 1, 2]);
    expect(client.stats()).toMatchObject({ delivered: 3, pending: 0, dropped: {} });
  });

  test("a longer limit that arrives meanwhile extends the pause", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "unanswered";
    for (let i = 0; i < 2; i++) {
      client.metrics.count("a");
      void client.flush(1);
      await settle();
    }
    transport.sends[0]?.answer(limited("10:trace_metric:organization"));
    transport.sends[1]?.answer(limited("60:trace_metric_byte:organization"));
    await clock.advance(0);
    transport.onSend = { statusCode: 200 };
    client.metrics.count("b");
    const before = transport.sends.length;
    await clock.advance(59_999);
    expect(transport.sends).toHaveLength(before);
    await clock.advance(1);
    expect(transport.metrics.at(-1)?.name).toBe("b");
  });

  test("with overflow: 'drop', new metrics wait unchanged and are dropped when the queue is full", async () => {
    const { client, transport, clock, advanceInterval } = setUp({
      overflow: "drop",
      maxQueueItems: 5,
    });
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await advanceInterval();
    transport.onSend = { statusCode: 200 };
    for (let i = 0; i < 8; i++) client.metrics.count("b", i);
    expect(client.stats()).toMatchObject({ pending: 5, dropped: { buffer_overflow: 3 } });
    await clock.advance(60_000);
    expect(transport.metrics.slice(1).map(({ value }) => value)).toEqual([0, 1, 2, 3, 4]);
  });

  test("flush resolves to false immediately, or to true when the limit ends within its timeout", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await advanceInterval();
    expect(await client.flush()).toBe(true);
    client.metrics.count("b");
    expect(await client.flush()).toBe(false);
    expect(await client.flush(50_000)).toBe(false);
    const flushed = client.flush(100_000);
    await clock.advance(60_000);
    expect(await flushed).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  test("close drops unsent metrics as ratelimit_backoff", async () => {
    const { client, transport, clock, advanceInterval, drops } = setUp();
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await advanceInterval();
    for (let i = 0; i < 5; i++) client.metrics.count("b");
    expect(await client.close()).toBe(false);
    expect(transport.metrics).toHaveLength(1);
    expect(client.stats()).toMatchObject({ pending: 0, dropped: { ratelimit_backoff: 5 } });
    expect(drops).toMatchObject([{ reason: "ratelimit_backoff", metrics: 5, name: "b" }]);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("limits on other categories are ignored", async () => {
    const { client, transport, advanceInterval } = setUp();
    transport.onSend = limited("60:error;transaction:organization");
    for (const name of ["a", "b"]) {
      client.metrics.count(name);
      await advanceInterval();
    }
    expect(client.stats()).toMatchObject({ delivered: 2, dropped: {} });
  });
});
