import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const MAX_ATTEMPTS = 6;
const setUpWithLimit = (): SetUp =>
  setUp(
    {},
    { retries: { longestPauseMs: 300_000, maxUnanswered: MAX_ATTEMPTS }, random: () => 0.999 },
  );

describe("when every request is blocked", () => {
  test("pauses grow to minutes, and after a number of attempts metrics are dropped and not sent", async () => {
    const setup = setUpWithLimit();
    const { client, transport, clock } = setup;
    transport.onSend = new TypeError("Failed to fetch");
    const sendSeconds: number[] = [];
    for (let second = 0; second < 3600; second++) {
      client.metrics.count("a");
      const before = transport.sends.length;
      await clock.advance(1000);
      if (transport.sends.length > before) sendSeconds.push(second);
    }
    await clock.advance(5000);
    expect(transport.sends).toHaveLength(MAX_ATTEMPTS);
    const gaps = sendSeconds.slice(1).map((second, i) => second - (sendSeconds[i] as number));
    expect(gaps.every((gap, i) => i === 0 || gap >= (gaps[i - 1] as number))).toBe(true);
    expect(client.stats()).toMatchObject({
      recorded: 3600,
      pending: 0,
      dropped: { network_error: 3600 },
    });
    expect(balance(setup).reported).toEqual({ network_error: 3600 });
    expect(await client.flush()).toBe(false);
    expect(await client.close()).toBe(true);
    expect(transport.sends).toHaveLength(MAX_ATTEMPTS);
  });

  test("a warning is logged once", async () => {
    const { client, transport, clock, warnings } = setUp(
      {},
      { retries: { longestPauseMs: 1000, maxUnanswered: 2 }, development: true },
    );
    transport.onSend = new TypeError("Failed to fetch");
    for (let i = 0; i < 5; i++) {
      client.metrics.count("a");
      await clock.advance(60_000);
    }
    expect(warnings().filter((line) => line.includes("blocks"))).toHaveLength(1);
  });

  test("attempts are unlimited once a server has answered, whatever the status", async () => {
    const { client, transport, clock } = setUpWithLimit();
    transport.onSend = { statusCode: 503 };
    client.metrics.count("a");
    await client.flush();
    transport.onSend = new TypeError("Failed to fetch");
    await clock.advance(7_200_000);
    expect(client.stats()).toMatchObject({ pending: 1, dropped: {} });
    transport.onSend = { statusCode: 200 };
    await clock.advance(300_000);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });
});

test("batches that are sent together when a page is hidden count as one attempt", async () => {
  let drain = (): void => {};
  const { client, clock, transport } = setUp(
    {},
    {
      retries: { longestPauseMs: 300_000, maxUnanswered: 20 },
      maxEnvelopeBytes: 300,
      start(lifecycle) {
        ({ drain } = lifecycle);
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
