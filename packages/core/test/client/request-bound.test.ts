import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

// On some platforms, such as Cloudflare Workers, timers and sends end with the request that started them.

const setUpRequestBound = (options = {}) => setUp(options, { isRequestBound: true });

describe("when sends end with their request", () => {
  test("the client sends only in a flush and sets no timer", async () => {
    const { client, transport, clock } = setUpRequestBound();
    for (let i = 0; i < 500; i++) client.metrics.count("a");
    expect(clock.timers).toBe(0);
    await clock.advance(60_000);
    expect(transport.sends).toHaveLength(0);
    expect(await client.flush()).toBe(true);
    expect(transport.metrics).toHaveLength(500);
  });

  test("each of many parallel flushes sends its own metrics, and everything arrives once", async () => {
    const { client, transport } = setUpRequestBound({ maxInFlight: 2 });
    transport.onSend = "unanswered";
    const flushes: Promise<boolean>[] = [];
    for (let request = 0; request < 20; request++) {
      for (let i = 0; i < 150; i++) client.metrics.count("a", 1, { attributes: { request, i } });
      flushes.push(client.flush(2000));
      await settle();
    }
    for (let answered = 0; answered < transport.sends.length; await settle())
      transport.sends[answered++]?.answer();
    expect(await Promise.all(flushes)).toEqual(flushes.map(() => true));
    const values = transport.metrics.map(({ attributes }) =>
      JSON.stringify([attributes["request"], attributes["i"]]),
    );
    expect(values).toHaveLength(3000);
    expect(new Set(values).size).toBe(3000);
  });

  test("a flush that times out returns unanswered metrics to the queue; the next flush sends them", async () => {
    const { client, transport, clock } = setUpRequestBound();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    const first = client.flush(2000);
    await clock.advance(2001);
    expect(await first).toBe(false);
    expect(clock.timers).toBe(0);
    // The answer to a request that has ended is ignored.
    transport.sends[0]?.answer();
    transport.onSend = { statusCode: 200 };
    await clock.advance(30_000);
    expect(transport.sends).toHaveLength(1);
    expect(await client.flush(2000)).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });

  test("a rate limit holds until it ends by the clock", async () => {
    const { client, transport, clock } = setUpRequestBound();
    transport.onSend = {
      statusCode: 429,
      headers: { "retry-after": "5", "x-sentry-rate-limits": null },
    };
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    transport.onSend = { statusCode: 200 };
    await clock.advance(4000);
    expect(await client.flush()).toBe(false);
    expect(transport.sends).toHaveLength(1);
    await clock.advance(1001);
    client.metrics.count("b");
    expect(await client.flush()).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  test("a send that no flush awaits returns to the queue after the send timeout", async () => {
    const { client, transport, clock } = setUpRequestBound({ sendTimeout: 3000 });
    transport.onSend = "unanswered";
    client.metrics.count("a");
    void client.flush();
    await settle();
    // The request has ended, and its timers with it.
    transport.onSend = { statusCode: 200 };
    await clock.advance(10_000);
    expect(await client.flush()).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });
});
