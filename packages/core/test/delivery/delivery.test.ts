import { metricSize } from "@spanmeter/testing";
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
    [408, { delivered: 0, dropped: { send_error: 2 } }],
    [413, { delivered: 0, dropped: { send_error: 2 } }],
    [429, { delivered: 0, dropped: { ratelimit_backoff: 2 } }],
    [500, { delivered: 0, dropped: { send_error: 2 } }],
    [503, { delivered: 0, dropped: { send_error: 2 } }],
  ])("%i is booked as %j", async (statusCode, booked) => {
    const it = setUp();
    it.transport.onSend = { statusCode };
    it.client.metrics.count("a");
    it.client.metrics.count("b");
    await it.leave();
    expect(it.client.stats()).toMatchObject({ recorded: 2, pending: 0, envelopes: 1, ...booked });
    expect(balance(it).announced).toEqual(balance(it).dropped);
  });

  test("nothing at all is booked as delivered: transports that tell no status took it", async () => {
    const it = setUp();
    it.transport.onSend = {};
    it.client.metrics.count("a");
    await it.leave();
    expect(it.client.stats()).toMatchObject({ delivered: 1 });
  });
});

test("a broken connection is booked as network_error", async () => {
  const it = setUp();
  it.transport.onSend = new Error("ECONNREFUSED");
  it.client.metrics.count("a");
  await it.leave();
  expect(it.client.stats()).toMatchObject({ delivered: 0, dropped: { network_error: 1 } });
  expect(it.lines).toEqual([]);
});

test("a send that takes longer than sendTimeout is booked as network_error, once", async () => {
  const it = setUp({ sendTimeout: 1000 });
  it.transport.onSend = "hold";
  it.client.metrics.count("a");
  await it.leave();
  await it.clock.advance(999);
  expect(it.client.stats().pending).toBe(1);
  await it.clock.advance(1);
  expect(it.client.stats()).toMatchObject({ pending: 0, dropped: { network_error: 1 } });
  it.transport.sends[0]?.answer();
  await it.clock.advance(0);
  expect(it.client.stats()).toMatchObject({ delivered: 0, dropped: { network_error: 1 } });
});

describe("losses are announced", () => {
  test("by name, with the bytes that Sentry would have billed", async () => {
    const it = setUp({ attributes: { shared: "client", other: "é" } });
    it.transport.onSend = { statusCode: 500 };
    it.client.metrics.count("a", 1, { attributes: { text: "€uro" } });
    it.client.metrics.count("a", 1, { attributes: { shared: "overridden by the call" } });
    it.client.metrics.gauge("b", 1);
    await it.leave();
    const billed = (name: string): number =>
      it.transport.metrics
        .filter((metric) => metric.name === name)
        .reduce((sum, metric) => sum + metricSize(metric), 0);
    expect(it.drops).toEqual([
      { reason: "send_error", metrics: 2, bytes: billed("a"), name: "a" },
      { reason: "send_error", metrics: 1, bytes: billed("b"), name: "b" },
    ]);
  });

  test.each<[string, object, (it: ReturnType<typeof setUp>) => void]>([
    ["before_send", { beforeSendMetric: () => null }, () => {}],
    ["buffer_overflow", { maxQueueItems: 1 }, ({ client }) => client.metrics.count("first")],
    ["sample_rate", {}, () => {}],
  ])("as %s with those bytes as well", (reason, options, prepare) => {
    const it = setUp(options, { random: () => 0.9 });
    prepare(it);
    const sampled = reason === "sample_rate" ? { sampleRate: 0.5 } : {};
    it.client.metrics.count("a", 1, { attributes: { text: "€" }, ...sampled });
    const sdk = "spanmeter.javascript.fake";
    const attributes = {
      text: "€",
      "sentry.sdk.name": sdk,
      "sentry.sdk.version": "0.1.0",
      "sentry.timestamp.sequence": 0,
    };
    expect(it.drops).toEqual([
      { reason, metrics: 1, bytes: metricSize({ name: "a", value: 1, attributes }), name: "a" },
    ]);
  });

  test("even when onDrop throws, and that is told once", async () => {
    const it = setUp({
      maxQueueItems: 1,
      onDrop: () => {
        throw new Error("broken onDrop");
      },
    });
    for (let i = 0; i < 5; i += 1) it.client.metrics.count("a");
    expect(it.client.stats().dropped).toEqual({ buffer_overflow: 4 });
    expect(it.complaints()).toEqual([expect.stringContaining("broken onDrop")]);
  });

  test("without end when onDrop records a metric that is lost in turn", () => {
    const it = setUp({
      maxQueueItems: 1,
      onDrop: () => it.client.metrics.count("lost.metrics"),
    });
    it.client.metrics.count("a");
    it.client.metrics.count("a");
    expect(it.client.stats()).toMatchObject({ recorded: 3, dropped: { buffer_overflow: 2 } });
  });
});

describe("while Sentry asks for a pause", () => {
  test.each([
    "60:trace_metric:organization",
    "60:trace_metric_byte:organization",
    "60::organization",
  ])("by %j nothing is sent, and what waits is booked as ratelimit_backoff", async (header) => {
    const it = setUp();
    it.transport.onSend = limited(header);
    it.client.metrics.count("a");
    await it.leave();
    it.client.metrics.count("b");
    await it.leave();
    expect(it.transport.sends).toHaveLength(1);
    expect(it.client.stats()).toMatchObject({ delivered: 1, dropped: { ratelimit_backoff: 1 } });
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(60_000);
    it.client.metrics.count("c");
    await it.leave();
    expect(it.transport.metrics.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  test("a pause of other categories does not matter", async () => {
    const it = setUp();
    it.transport.onSend = limited("60:error;transaction:organization");
    for (const name of ["a", "b"]) {
      it.client.metrics.count(name);
      await it.leave();
    }
    expect(it.client.stats()).toMatchObject({ delivered: 2, dropped: {} });
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

  test.each([
    ["queue_overflow", "queue_overflow"],
    ["ratelimit_backoff", "ratelimit_backoff"],
    ["some_word_of_the_future", "queue_overflow"],
  ])("for %s has its losses booked as %s", async (told, booked) => {
    const inner = setUp();
    const it = setUp({ transport: refusing(told, inner.platform.transport) });
    for (const name of ["refused", "sent"]) {
      it.client.metrics.count(name);
      await it.leave();
    }
    expect(it.client.stats()).toMatchObject({ delivered: 1, dropped: { [booked]: 1 } });
    expect(it.drops).toMatchObject([{ reason: booked, metrics: 1, name: "refused" }]);
  });

  test("does not taint sends that are under way meanwhile", async () => {
    const world = setUp();
    world.transport.onSend = "hold";
    let refuse = false;
    const it = setUp({
      transport: (options) => {
        const transport = world.platform.transport(options);
        return {
          flush: (timeout) => transport.flush(timeout),
          send: (envelope) => {
            if (refuse) options.recordDroppedEvent("ratelimit_backoff", "trace_metric", 1);
            return transport.send(envelope);
          },
        };
      },
    });
    it.client.metrics.count("taken");
    await it.leave();
    refuse = true;
    it.client.metrics.count("refused");
    await it.leave();
    world.transport.sends[0]?.answer();
    await it.clock.advance(0);
    world.transport.sends[1]?.answer({});
    await it.clock.advance(0);
    expect(it.drops).toMatchObject([{ reason: "ratelimit_backoff", metrics: 1, name: "refused" }]);
    expect(it.client.stats()).toMatchObject({ delivered: 1 });
  });
});
