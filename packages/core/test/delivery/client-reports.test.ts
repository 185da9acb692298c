import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

const lineOf = (reason: string, metrics: number, bytes: unknown = expect.any(Number)): object[] => [
  { reason, category: "trace_metric", quantity: metrics },
  { reason, category: "trace_metric_byte", quantity: bytes },
];

describe("a client report", () => {
  test("rides in the next envelope, with the count and the bytes of what was lost", async () => {
    const it = setUp({ maxQueueItems: 2, overflow: "drop" });
    for (let i = 0; i < 5; i += 1) it.client.metrics.count("a");
    await it.leave();
    expect(it.transport.sends).toHaveLength(1);
    const bytes = it.drops.reduce((sum, drop) => sum + drop.bytes, 0);
    expect(it.transport.reports).toEqual([{ discarded: lineOf("buffer_overflow", 3, bytes) }]);
    expect(it.transport.sends[0]?.envelope.metrics).toHaveLength(2);
  });

  test("is sent once", async () => {
    const it = setUp({ maxQueueItems: 1, overflow: "drop" });
    it.client.metrics.count("a");
    it.client.metrics.count("a");
    await it.leave();
    it.client.metrics.count("a");
    await it.leave();
    await it.clock.advance(200_000);
    expect(it.transport.reports).toHaveLength(1);
  });

  test("is sent by itself after a minute when no metric leaves", async () => {
    const it = setUp();
    it.client.metrics.gauge("a", NaN);
    await it.clock.advance(59_999);
    expect(it.transport.sends).toHaveLength(0);
    await it.clock.advance(1);
    expect(it.transport.reports).toEqual([
      { discarded: [{ reason: "invalid", category: "trace_metric", quantity: 1 }] },
    ]);
  });

  test("adds up by reason", async () => {
    const it = setUp({ beforeSendMetric: (metric) => (metric.name === "a" ? null : metric) });
    for (let i = 0; i < 3; i += 1) it.client.metrics.count("a");
    for (let i = 0; i < 2; i += 1) it.client.metrics.gauge("b", NaN);
    await it.client.flush();
    const counts = it.transport.reports[0]?.discarded.filter(
      ({ category }) => category === "trace_metric",
    );
    expect(counts).toEqual([
      { reason: "before_send", category: "trace_metric", quantity: 3 },
      { reason: "invalid", category: "trace_metric", quantity: 2 },
    ]);
  });

  test("comes back when its envelope did not arrive, and is added to what follows", async () => {
    const it = setUp({ maxQueueItems: 1, overflow: "drop" });
    it.transport.onSend = new Error("offline");
    for (let i = 0; i < 3; i += 1) it.client.metrics.count("a");
    await it.client.flush();
    it.client.metrics.count("a");
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(1000);
    expect(it.transport.sends).toHaveLength(2);
    expect(it.transport.reports.at(-1)?.discarded).toEqual(lineOf("buffer_overflow", 3));
  });

  test("comes back when the platform gave its envelope up", async () => {
    const it = setUp({ beforeSendMetric: (metric) => (metric.name === "a" ? null : metric) });
    it.transport.onSend = { statusCode: -1 };
    for (const name of ["a", "b"]) it.client.metrics.count(name);
    await it.client.flush();
    it.transport.onSend = { statusCode: 200 };
    await it.client.flush();
    const told = it.transport.reports.at(-1)?.discarded.map(({ reason }) => reason);
    expect(new Set(told)).toEqual(new Set(["before_send", "network_error"]));
  });

  test("leaves with a drain even during a pause: there may be no other chance", async () => {
    let drain = (): void => {};
    const it = setUp({}, { start: (client) => ((drain = client.drain), () => {}) });
    it.transport.onSend = { statusCode: 503 };
    it.client.metrics.count("a");
    await it.leave();
    it.client.metrics.gauge("b", NaN);
    drain();
    expect(it.transport.reports.at(-1)?.discarded).toMatchObject([{ reason: "invalid" }]);
  });

  test("is tried again after a minute when it did not arrive by itself", async () => {
    const it = setUp();
    it.transport.onSend = new Error("offline");
    it.client.metrics.gauge("a", NaN);
    await it.clock.advance(60_000);
    expect(it.transport.reports).toHaveLength(1);
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(60_000);
    expect(it.transport.reports).toHaveLength(2);
    await it.clock.advance(300_000);
    expect(it.transport.reports).toHaveLength(2);
  });

  test("is never put in front of a refusal: what a 4xx answered is not told again", async () => {
    const it = setUp();
    it.transport.onSend = { statusCode: 400 };
    it.client.metrics.gauge("a", NaN);
    await it.client.flush();
    await it.clock.advance(300_000);
    expect(it.transport.reports).toHaveLength(1);
  });

  test("says nothing of what the server itself counted: a 429", async () => {
    const it = setUp();
    it.transport.onSend = {
      statusCode: 429,
      headers: { "x-sentry-rate-limits": "1:trace_metric:key", "retry-after": "1" },
    };
    it.client.metrics.count("a");
    await it.leave();
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(300_000);
    expect(it.transport.reports).toEqual([]);
    expect(it.client.stats()).toMatchObject({ delivered: 1, dropped: {} });
  });

  test("that rode with metrics which a limit refused has arrived, unless all is limited", async () => {
    for (const [quota, reports] of [
      ["60:trace_metric:key", 1],
      ["60::key", 2],
    ] as const) {
      const it = setUp();
      const headers = { "x-sentry-rate-limits": quota, "retry-after": null };
      it.transport.onSend = { statusCode: 429, headers };
      it.client.metrics.gauge("a", NaN);
      it.client.metrics.count("b");
      await it.client.flush();
      it.transport.onSend = { statusCode: 200 };
      await it.clock.advance(60_000);
      expect(it.client.stats()).toMatchObject({ delivered: 1 });
      expect(it.transport.reports).toHaveLength(reports);
    }
  });

  test("waits while everything is limited", async () => {
    const it = setUp();
    it.transport.onSend = {
      statusCode: 429,
      headers: { "x-sentry-rate-limits": null, "retry-after": "90" },
    };
    it.client.metrics.count("a");
    await it.leave();
    it.client.metrics.gauge("b", NaN);
    await it.client.flush();
    expect(it.transport.sends).toHaveLength(1);
    it.transport.onSend = { statusCode: 200 };
    await it.clock.advance(90_000);
    await it.client.flush();
    expect(it.transport.reports).toHaveLength(1);
  });

  test("is not sent with sendClientReports false, while onDrop and stats still tell", async () => {
    const it = setUp({ sendClientReports: false });
    it.client.metrics.gauge("a", NaN);
    await it.client.flush();
    await it.clock.advance(300_000);
    expect(it.transport.sends).toHaveLength(0);
    expect(it.drops).toHaveLength(1);
    expect(it.client.stats().dropped).toEqual({ invalid: 1 });
  });
});
