import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { balance, setUp, type SetUp } from "../set-up.js";

const MAX = 6;
const blockable = (): SetUp =>
  setUp({}, { retries: { longestPauseMs: 300_000, maxUnanswered: MAX }, random: () => 0.999 });

describe("where something blocks every request", () => {
  test("pauses grow to minutes, and after a bound everything is dropped and nothing is sent", async () => {
    const setup = blockable();
    const { client, transport, clock } = setup;
    transport.onSend = new TypeError("Failed to fetch");
    const at: number[] = [];
    for (let second = 0; second < 3600; second++) {
      client.metrics.count("a");
      const before = transport.sends.length;
      await clock.advance(1000);
      if (transport.sends.length > before) at.push(second);
    }
    await clock.advance(5000);
    expect(transport.sends).toHaveLength(MAX);
    const gaps = at.slice(1).map((second, i) => second - (at[i] as number));
    expect(gaps.every((gap, i) => i === 0 || gap >= (gaps[i - 1] as number))).toBe(true);
    expect(client.stats()).toMatchObject({
      recorded: 3600,
      pending: 0,
      dropped: { network_error: 3600 },
    });
    expect(balance(setup).announced).toEqual({ network_error: 3600 });
    expect(await client.flush()).toBe(false);
    expect(await client.close()).toBe(true);
    expect(transport.sends).toHaveLength(MAX);
  });

  test("a developer is told once", async () => {
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

  test("no bound holds once a server has answered, whatever it said", async () => {
    const { client, transport, clock } = blockable();
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
