import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { setUp } from "../set-up.js";

// A platform on which timers and sends end with the request that started them, as Cloudflare Workers.

const edge = (options = {}) => setUp(options, { isRequestBound: true });

describe("where sends end with their request", () => {
  test("nothing is sent, and no timer set, outside of a flush", async () => {
    const { client, transport, clock } = edge();
    for (let i = 0; i < 500; i++) client.metrics.count("a");
    expect(clock.timers).toBe(0);
    await clock.advance(60_000);
    expect(transport.sends).toHaveLength(0);
    expect(await client.flush()).toBe(true);
    expect(transport.metrics).toHaveLength(500);
  });

  test("each of many parallel flushes sends by itself, and everything arrives once", async () => {
    const { client, transport } = edge({ maxInFlight: 2 });
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

  test("a flush whose time is over takes back what had no answer; the next one sends it", async () => {
    const { client, transport, clock } = edge();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    const first = client.flush(2000);
    await clock.advance(2001);
    expect(await first).toBe(false);
    expect(clock.timers).toBe(0);
    // The answer of a request that has ended counts for nothing.
    transport.sends[0]?.answer();
    transport.onSend = { statusCode: 200 };
    await clock.advance(30_000);
    expect(transport.sends).toHaveLength(1);
    expect(await client.flush(2000)).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });

  test("a limit is over when the clock says so, and is kept until then", async () => {
    const { client, transport, clock } = edge();
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

  test("a send that nobody awaits any longer goes back by the clock", async () => {
    const { client, transport, clock } = edge({ sendTimeout: 3000 });
    transport.onSend = "unanswered";
    client.metrics.count("a");
    void client.flush();
    await settle();
    // The request ended, and took its timers along.
    transport.onSend = { statusCode: 200 };
    await clock.advance(10_000);
    expect(await client.flush()).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });
});
