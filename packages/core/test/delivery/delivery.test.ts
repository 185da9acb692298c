import { metricSize } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import type { TransportFactory, TransportOptions, TransportResponse } from "../../src/index.js";
import { balance, setUp } from "../set-up.js";

describe("an answer of", () => {
  test.each<[number, object]>([
    [200, { delivered: 2, dropped: {} }],
    [202, { delivered: 2, dropped: {} }],
    [400, { delivered: 0, dropped: { send_error: 2 } }],
    [401, { delivered: 0, dropped: { send_error: 2 } }],
    [403, { delivered: 0, dropped: { send_error: 2 } }],
    [500, { delivered: 0, dropped: { send_error: 2 } }],
    [501, { delivered: 0, dropped: { send_error: 2 } }],
  ])("%i counts as %j", async (statusCode, expected) => {
    const setup = setUp();
    setup.transport.onSend = { statusCode };
    setup.client.metrics.count("a");
    setup.client.metrics.count("b");
    await setup.advanceInterval();
    expect(setup.client.stats()).toMatchObject({
      recorded: 2,
      pending: 0,
      envelopes: 1,
      ...expected,
    });
    expect(balance(setup).reported).toEqual(balance(setup).dropped);
  });

  test("no status counts as delivered, because some transports report none", async () => {
    const { client, transport, advanceInterval } = setUp();
    transport.onSend = {};
    client.metrics.count("a");
    await advanceInterval();
    expect(client.stats()).toMatchObject({ delivered: 1 });
  });
});

describe("losses are reported", () => {
  test("by name, with the bytes that Sentry would have billed", async () => {
    const { client, transport, advanceInterval, drops } = setUp({
      attributes: { shared: "client", other: "é" },
    });
    transport.onSend = { statusCode: 500 };
    client.metrics.count("a", 1, { attributes: { text: "€uro" } });
    client.metrics.count("a", 1, { attributes: { shared: "overridden by the call" } });
    client.metrics.gauge("b", 1);
    await advanceInterval();
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
  ])("as %s with the billed bytes", (reason, options, prepare) => {
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

  test("even when onDrop throws, which is logged once", async () => {
    const { client, warnings } = setUp({
      maxQueueItems: 1,
      overflow: "drop",
      onDrop: () => {
        throw new Error("broken onDrop");
      },
    });
    for (let i = 0; i < 5; i += 1) client.metrics.count("a");
    expect(client.stats().dropped).toEqual({ buffer_overflow: 4 });
    expect(warnings()).toEqual([expect.stringContaining("broken onDrop")]);
  });

  test("without a loop when onDrop records a metric that is dropped too", () => {
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

describe("a transport of another SDK that refuses metrics by itself", () => {
  /** Refuses every other send, as a transport with a full buffer or its own rate limits does. */
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
    "for %s receives the same metrics again, and nothing is lost",
    async (reason) => {
      const inner = setUp();
      const { client, clock, advanceInterval } = setUp({
        transport: refusing(reason, inner.platform.transport),
      });
      for (const name of ["refused", "sent"]) client.metrics.count(name);
      await advanceInterval();
      expect(inner.transport.metrics).toHaveLength(0);
      await clock.advance(1000);
      expect(inner.transport.metrics).toHaveLength(2);
      expect(client.stats()).toMatchObject({ delivered: 2, dropped: {} });
    },
  );

  test("for an unknown reason has its losses reported as queue_overflow", async () => {
    const inner = setUp();
    const transport = refusing("some_word_of_the_future", inner.platform.transport);
    const { client, advanceInterval, drops } = setUp({ transport });
    for (const name of ["refused", "sent"]) {
      client.metrics.count(name);
      await advanceInterval();
    }
    expect(client.stats()).toMatchObject({ delivered: 1, dropped: { queue_overflow: 1 } });
    expect(drops).toMatchObject([{ reason: "queue_overflow", metrics: 1, name: "refused" }]);
  });

  test("does not affect sends that are in flight", async () => {
    const inner = setUp();
    inner.transport.onSend = "unanswered";
    let refuse = false;
    const { client, clock, advanceInterval, drops } = setUp({
      transport: (options) => {
        const transport = inner.platform.transport(options);
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
    await advanceInterval();
    refuse = true;
    client.metrics.count("refused");
    await advanceInterval();
    inner.transport.sends[0]?.answer();
    await clock.advance(0);
    inner.transport.sends[1]?.answer({});
    await clock.advance(0);
    expect(drops).toMatchObject([{ reason: "queue_overflow", metrics: 1, name: "refused" }]);
    expect(client.stats()).toMatchObject({ delivered: 1 });
  });
});

test.each<[string, unknown]>([
  ["limits that are a list", { "x-sentry-rate-limits": ["60:error:key", "60:log_item:key"] }],
  ["limits that are a number", { "x-sentry-rate-limits": 60 }],
  [
    "limits that throw when they are read",
    {
      get "x-sentry-rate-limits"(): never {
        throw new Error("not readable");
      },
    },
  ],
])("a 200 counts as delivered once, with any headers: %s", async (_label, headers) => {
  const { client, clock, transport } = setUp();
  transport.onSend = { statusCode: 200, headers } as TransportResponse;
  client.metrics.count("a");
  await client.flush();
  transport.onSend = { statusCode: 200 };
  await clock.advance(200_000);
  expect(transport.metrics).toHaveLength(1);
  expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
});
