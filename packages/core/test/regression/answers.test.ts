import { settle } from "@spanmeter/testing";
import { expect, test } from "vitest";
import type { TransportResponse } from "../../src/index.js";
import { setUp } from "../set-up.js";

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
])("a 200 delivers once, whatever its headers are: %s", async (_, headers) => {
  const { client, clock, transport } = setUp();
  transport.onSend = { statusCode: 200, headers } as TransportResponse;
  client.metrics.count("a");
  await client.flush();
  transport.onSend = { statusCode: 200 };
  await clock.advance(200_000);
  expect(transport.metrics).toHaveLength(1);
  expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
});

test.each([503, "refused"])(
  "a flush never spins, however short a pause may be: %s",
  async (fault) => {
    const { client, transport } = setUp({}, { random: () => 0 });
    transport.onSend = fault === 503 ? { statusCode: 503 } : new Error("refused");
    client.metrics.count("a");
    expect(await client.flush()).toBe(false);
    expect(transport.sends).toHaveLength(1);
  },
);

test("batches that leave together as a page is hidden are no proof that something blocks every request", async () => {
  let drain = (): void => {};
  const { client, clock, transport } = setUp(
    {},
    {
      retries: { longestPauseMs: 300_000, maxUnanswered: 20 },
      maxEnvelopeBytes: 300,
      start(given) {
        ({ drain } = given);
        return () => {};
      },
    },
  );
  transport.onSend = new TypeError("Failed to fetch");
  for (let i = 0; i < 200; i++) client.metrics.count("a");
  drain();
  await settle();
  expect(transport.sends.length).toBeGreaterThan(20);
  transport.onSend = { statusCode: 200 };
  await clock.advance(100_000);
  expect(client.stats()).toMatchObject({ delivered: 200, pending: 0, dropped: {} });
});

test("a flush is false for what was refused since the last one", async () => {
  const { client, leave, transport } = setUp();
  transport.onSend = { statusCode: 403 };
  client.metrics.count("a");
  await leave();
  expect(client.stats().pending).toBe(0);
  expect(await client.flush()).toBe(false);
  expect(await client.flush()).toBe(true);
});

test("a copy for an explorer that hangs makes no flush false", async () => {
  const { client, clock, spotlight } = setUp({ spotlight: true });
  spotlight.onSend = "hold";
  client.metrics.count("a");
  const flushed = client.flush(5000);
  await clock.advance(5000);
  expect(await flushed).toBe(true);
});
