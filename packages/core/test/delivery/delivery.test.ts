import { metricSize, settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import type { TransportFactory, TransportOptions } from "../../src/index.js";
import { balance, setUp } from "../set-up.js";

const limited = (header: string, statusCode = 200) => ({
  statusCode,
  headers: { "x-sentry-rate-limits": header, "retry-after": null },
});

describe("an answer of", () => {
  test.each<[number, object]>([
    [200, { delivered: 2, dropped: {} }],
    [202, { delivered: 2, dropped: {} }],
    [400, { delivered: 0, dropped: { send_error: 2 } }],
    [401, { delivered: 0, dropped: { send_error: 2 } }],
    [403, { delivered: 0, dropped: { send_error: 2 } }],
    [500, { delivered: 0, dropped: { send_error: 2 } }],
    [501, { delivered: 0, dropped: { send_error: 2 } }],
  ])("%i is booked as %j", async (statusCode, booked) => {
    const setup = setUp();
    setup.transport.onSend = { statusCode };
    setup.client.metrics.count("a");
    setup.client.metrics.count("b");
    await setup.leave();
    expect(setup.client.stats()).toMatchObject({
      recorded: 2,
      pending: 0,
      envelopes: 1,
      ...booked,
    });
    expect(balance(setup).announced).toEqual(balance(setup).dropped);
  });

  test("nothing at all is booked as delivered: transports that tell no status took it", async () => {
    const { client, transport, leave } = setUp();
    transport.onSend = {};
    client.metrics.count("a");
    await leave();
    expect(client.stats()).toMatchObject({ delivered: 1 });
  });
});

describe("losses are announced", () => {
  test("by name, with the bytes that Sentry would have billed", async () => {
    const { client, transport, leave, drops } = setUp({
      attributes: { shared: "client", other: "é" },
    });
    transport.onSend = { statusCode: 500 };
    client.metrics.count("a", 1, { attributes: { text: "€uro" } });
    client.metrics.count("a", 1, { attributes: { shared: "overridden by the call" } });
    client.metrics.gauge("b", 1);
    await leave();
    const billed = (name: string): number =>
      transport.metrics
        .filter((metric) => metric.name === name)
        .reduce((sum, metric) => sum + metricSize(metric), 0);
    expect(drops).toEqual([
      { reason: "send_error", metrics: 2, bytes: billed("a"), name: "a" },
      { reason: "send_error", metrics: 1, bytes: billed("b"), name: "b" },
    ]);
  });

  test.each<[string, object, (setup: ReturnType<typeof setUp>) => void]>([
    ["before_send", { beforeSendMetric: () => null }, () => {}],
    [
      "buffer_overflow",
      { maxQueueItems: 1, overflow: "drop" },
      ({ client }) => client.metrics.count("first"),
    ],
    ["sample_rate", {}, () => {}],
  ])("as %s with those bytes as well", (reason, options, prepare) => {
    const setup = setUp(options, { random: () => 0.9 });
    prepare(setup);
    const sampled = reason === "sample_rate" ? { sampleRate: 0.5 } : {};
    setup.client.metrics.count("a", 1, { attributes: { text: "€" }, ...sampled });
    const sdk = "spanmeter.javascript.fake";
    const attributes = {
      text: "€",
      "sentry.sdk.name": sdk,
      "sentry.sdk.version": "0.1.0",
      "sentry.timestamp.sequence": 0,
    };
    expect(setup.drops).toEqual([
      { reason, metrics: 1, bytes: metricSize({ name: "a", value: 1, attributes }), name: "a" },
    ]);
  });

  test("even when onDrop throws, and that is told once", async () => {
    const { client, complaints } = setUp({
      maxQueueItems: 1,
      overflow: "drop",
      onDrop: () => {
        throw new Error("broken onDrop");
      },
    });
    for (let i = 0; i < 5; i += 1) client.metrics.count("a");
    expect(client.stats().dropped).toEqual({ buffer_overflow: 4 });
    expect(complaints()).toEqual([expect.stringContaining("broken onDrop")]);
  });

  test("without end when onDrop records a metric that is lost in turn", () => {
    const { client } = setUp({
      maxQueueItems: 1,
      overflow: "drop",
      onDrop: () => client.metrics.count("lost.metrics"),
    });
    client.metrics.count("a");
    client.metrics.count("a");
    expect(client.stats()).toMatchObject({ recorded: 3, dropped: { buffer_overflow: 2 } });
  });
});

describe("while Sentry asks for a pause", () => {
  test.each([
    "60:trace_metric:organization",
    "60:trace_metric_byte:organization",
    "60::organization",
  ])("by %j nothing is sent until it has ended, and what arrives is folded", async (header) => {
    const { client, transport, clock, leave } = setUp();
    transport.onSend = limited(header);
    client.metrics.count("a");
    await leave();
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
  });

  test("what it refused with a 429 waits for its end as it is, and leaves then", async () => {
    const { client, transport, clock, leave } = setUp();
    transport.onSend = limited("60:trace_metric:organization", 429);
    for (let i = 0; i < 3; i++) client.metrics.count("a", i);
    await leave();
    await clock.advance(59_999);
    expect(transport.sends).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    await clock.advance(1);
    expect(transport.sends[1]?.envelope.metrics.map(({ value }) => value)).toEqual([0, 1, 2]);
    expect(client.stats()).toMatchObject({ delivered: 3, pending: 0, dropped: {} });
  });

  test("a longer limit that is told meanwhile prolongs it", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = "hold";
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

  test("with overflow: 'drop' what arrives waits as it is, and is dropped when the queue is full", async () => {
    const { client, transport, clock, leave } = setUp({ overflow: "drop", maxQueueItems: 5 });
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await leave();
    transport.onSend = { statusCode: 200 };
    for (let i = 0; i < 8; i++) client.metrics.count("b", i);
    expect(client.stats()).toMatchObject({ pending: 5, dropped: { buffer_overflow: 3 } });
    await clock.advance(60_000);
    expect(transport.metrics.slice(1).map(({ value }) => value)).toEqual([0, 1, 2, 3, 4]);
  });

  test("flush answers false at once, and true once what waits has left", async () => {
    const { client, transport, clock, leave } = setUp();
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await leave();
    expect(await client.flush()).toBe(true);
    client.metrics.count("b");
    expect(await client.flush()).toBe(false);
    expect(await client.flush(50_000)).toBe(false);
    const flushed = client.flush(100_000);
    await clock.advance(60_000);
    expect(await flushed).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  test("close announces what it cannot send as ratelimit_backoff", async () => {
    const { client, transport, clock, leave, drops } = setUp();
    transport.onSend = limited("60:trace_metric:organization");
    client.metrics.count("a");
    await leave();
    for (let i = 0; i < 5; i++) client.metrics.count("b");
    expect(await client.close()).toBe(false);
    expect(transport.metrics).toHaveLength(1);
    expect(client.stats()).toMatchObject({ pending: 0, dropped: { ratelimit_backoff: 5 } });
    expect(drops).toMatchObject([{ reason: "ratelimit_backoff", metrics: 5, name: "b" }]);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("a pause of other categories does not matter", async () => {
    const { client, transport, leave } = setUp();
    transport.onSend = limited("60:error;transaction:organization");
    for (const name of ["a", "b"]) {
      client.metrics.count(name);
      await leave();
    }
    expect(client.stats()).toMatchObject({ delivered: 2, dropped: {} });
  });
});

describe("a transport of another SDK that refuses by itself", () => {
  /** Refuses metrics whose send has an odd number, as a full buffer or an own rate limit does. */
  const refusing =
    (reason: string, inner: TransportFactory): TransportFactory =>
    (options: TransportOptions) => {
      const transport = inner(options);
      let sends = 0;
      return {
        flush: (timeout) => transport.flush(timeout),
        send: (envelope) => {
          if (sends++ % 2 === 1) return transport.send(envelope);
          options.recordDroppedEvent(reason, "trace_metric", 1);
          return Promise.resolve({});
        },
      };
    };

  test.each([["queue_overflow"], ["ratelimit_backoff"]])(
    "for %s gets the same metrics again, and nothing is lost",
    async (told) => {
      const inner = setUp();
      const { client, clock, leave } = setUp({
        transport: refusing(told, inner.platform.transport),
      });
      for (const name of ["refused", "sent"]) client.metrics.count(name);
      await leave();
      expect(inner.transport.metrics).toHaveLength(0);
      await clock.advance(1000);
      expect(inner.transport.metrics).toHaveLength(2);
      expect(client.stats()).toMatchObject({ delivered: 2, dropped: {} });
    },
  );

  test("for a reason it does not know has its losses booked as queue_overflow", async () => {
    const inner = setUp();
    const transport = refusing("some_word_of_the_future", inner.platform.transport);
    const { client, leave, drops } = setUp({ transport });
    for (const name of ["refused", "sent"]) {
      client.metrics.count(name);
      await leave();
    }
    expect(client.stats()).toMatchObject({ delivered: 1, dropped: { queue_overflow: 1 } });
    expect(drops).toMatchObject([{ reason: "queue_overflow", metrics: 1, name: "refused" }]);
  });

  test("does not taint sends that are under way meanwhile", async () => {
    const world = setUp();
    world.transport.onSend = "hold";
    let refuse = false;
    const { client, clock, leave, drops } = setUp({
      transport: (options) => {
        const transport = world.platform.transport(options);
        return {
          flush: (timeout) => transport.flush(timeout),
          send: (envelope) => {
            if (refuse) options.recordDroppedEvent("sampled", "trace_metric", 1);
            return transport.send(envelope);
          },
        };
      },
    });
    client.metrics.count("taken");
    await leave();
    refuse = true;
    client.metrics.count("refused");
    await leave();
    world.transport.sends[0]?.answer();
    await clock.advance(0);
    world.transport.sends[1]?.answer({});
    await clock.advance(0);
    expect(drops).toMatchObject([{ reason: "queue_overflow", metrics: 1, name: "refused" }]);
    expect(client.stats()).toMatchObject({ delivered: 1 });
  });
});
