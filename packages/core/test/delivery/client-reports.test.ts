import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const lineOf = (reason: string, metrics: number, bytes: unknown = expect.any(Number)): object[] => [
  { reason, category: "trace_metric", quantity: metrics },
  { reason, category: "trace_metric_byte", quantity: bytes },
];

describe("a client report", () => {
  test("is sent in the next envelope, with the number and the bytes of lost metrics", async () => {
    const { client, transport, advanceInterval, drops } = setUp({
      maxQueueItems: 2,
      overflow: "drop",
    });
    for (let i = 0; i < 5; i += 1) client.metrics.count("a");
    await advanceInterval();
    expect(transport.sends).toHaveLength(1);
    const bytes = drops.reduce((sum, drop) => sum + drop.bytes, 0);
    expect(transport.reports).toEqual([{ discarded: lineOf("buffer_overflow", 3, bytes) }]);
    expect(transport.sends[0]?.envelope.metrics).toHaveLength(2);
  });

  test("is sent once", async () => {
    const { client, transport, clock, advanceInterval } = setUp({
      maxQueueItems: 1,
      overflow: "drop",
    });
    client.metrics.count("a");
    client.metrics.count("a");
    await advanceInterval();
    client.metrics.count("a");
    await advanceInterval();
    await clock.advance(200_000);
    expect(transport.reports).toHaveLength(1);
  });

  test("is sent on its own after a minute without metrics", async () => {
    const { client, transport, clock } = setUp();
    client.metrics.gauge("a", NaN);
    await clock.advance(59_999);
    expect(transport.sends).toHaveLength(0);
    await clock.advance(1);
    expect(transport.reports).toEqual([
      { discarded: [{ reason: "invalid", category: "trace_metric", quantity: 1 }] },
    ]);
  });

  test("adds up losses by reason", async () => {
    const { client, transport } = setUp({
      beforeSendMetric: (metric) => (metric.name === "a" ? null : metric),
    });
    for (let i = 0; i < 3; i += 1) client.metrics.count("a");
    for (let i = 0; i < 2; i += 1) client.metrics.gauge("b", NaN);
    await client.flush();
    const counts = transport.reports[0]?.discarded.filter(
      ({ category }) => category === "trace_metric",
    );
    expect(counts).toEqual([
      { reason: "before_send", category: "trace_metric", quantity: 3 },
      { reason: "invalid", category: "trace_metric", quantity: 2 },
    ]);
  });

  test("is sent again with the next envelope when its envelope was not delivered", async () => {
    const { client, transport, clock } = setUp({ maxQueueItems: 1, overflow: "drop" });
    transport.onSend = new Error("offline");
    for (let i = 0; i < 3; i += 1) client.metrics.count("a");
    await client.flush();
    client.metrics.count("a");
    transport.onSend = { statusCode: 200 };
    await clock.advance(1000);
    expect(transport.sends).toHaveLength(2);
    expect(transport.reports.at(-1)?.discarded).toEqual(lineOf("buffer_overflow", 3));
  });

  test("is sent again when the platform gave up its envelope", async () => {
    const { client, transport } = setUp({
      beforeSendMetric: (metric) => (metric.name === "a" ? null : metric),
    });
    transport.onSend = { statusCode: -1 };
    for (const name of ["a", "b"]) client.metrics.count(name);
    await client.flush();
    transport.onSend = { statusCode: 200 };
    await client.flush();
    const reasons = transport.reports.at(-1)?.discarded.map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(["before_send", "network_error"]));
  });

  test("is sent by a drain even during a pause, because the page or process may end", async () => {
    let drain = (): void => {};
    const setup = setUp({}, { start: (client) => ((drain = client.drain), () => {}) });
    setup.transport.onSend = { statusCode: 503 };
    setup.client.metrics.count("a");
    await setup.advanceInterval();
    setup.client.metrics.gauge("b", NaN);
    drain();
    expect(setup.transport.reports.at(-1)?.discarded).toMatchObject([{ reason: "invalid" }]);
  });

  test("is retried after a minute when sending it on its own failed", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = new Error("offline");
    client.metrics.gauge("a", NaN);
    await clock.advance(60_000);
    expect(transport.reports).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    await clock.advance(60_000);
    expect(transport.reports).toHaveLength(2);
    await clock.advance(300_000);
    expect(transport.reports).toHaveLength(2);
  });

  test("is not sent again after a 4xx answer", async () => {
    const { client, transport, clock } = setUp();
    transport.onSend = { statusCode: 400 };
    client.metrics.gauge("a", NaN);
    await client.flush();
    await clock.advance(300_000);
    expect(transport.reports).toHaveLength(1);
  });

  test("does not count metrics refused with a 429, which the server counts itself", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    transport.onSend = {
      statusCode: 429,
      headers: { "x-sentry-rate-limits": "1:trace_metric:key", "retry-after": "1" },
    };
    client.metrics.count("a");
    await advanceInterval();
    transport.onSend = { statusCode: 200 };
    await clock.advance(300_000);
    expect(transport.reports).toEqual([]);
    expect(client.stats()).toMatchObject({ delivered: 1, dropped: {} });
  });

  test("sent with rate limited metrics counts as delivered, unless all categories are limited", async () => {
    for (const [quota, reports] of [
      ["60:trace_metric:key", 1],
      ["60::key", 2],
    ] as const) {
      const { client, transport, clock } = setUp();
      const headers = { "x-sentry-rate-limits": quota, "retry-after": null };
      transport.onSend = { statusCode: 429, headers };
      client.metrics.gauge("a", NaN);
      client.metrics.count("b");
      await client.flush();
      transport.onSend = { statusCode: 200 };
      await clock.advance(60_000);
      expect(client.stats()).toMatchObject({ delivered: 1 });
      expect(transport.reports).toHaveLength(reports);
    }
  });

  test("waits while all categories are limited", async () => {
    const { client, transport, clock, advanceInterval } = setUp();
    transport.onSend = {
      statusCode: 429,
      headers: { "x-sentry-rate-limits": null, "retry-after": "90" },
    };
    client.metrics.count("a");
    await advanceInterval();
    client.metrics.gauge("b", NaN);
    await client.flush();
    expect(transport.sends).toHaveLength(1);
    transport.onSend = { statusCode: 200 };
    await clock.advance(90_000);
    await client.flush();
    expect(transport.reports).toHaveLength(1);
  });

  test("is not sent with sendClientReports: false; onDrop and stats still report losses", async () => {
    const { client, transport, clock, drops } = setUp({ sendClientReports: false });
    client.metrics.gauge("a", NaN);
    await client.flush();
    await clock.advance(300_000);
    expect(transport.sends).toHaveLength(0);
    expect(drops).toHaveLength(1);
    expect(client.stats().dropped).toEqual({ invalid: 1 });
  });
});
