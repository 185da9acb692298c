import { createStackParser } from "@sentry/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readEnvelope, type ReadEnvelope } from "../readers/read-envelope.js";
import { envelopeOf, event, metric, SentryClient, type Item } from "./sentry-samples.js";
import type { HttpTransportRig, TransportRig } from "./transport-rig.js";

export type { Arrival, HttpTransportRig, TransportRig } from "./transport-rig.js";

/** Defines the tests that every transport must pass, with or without a network. */
export function describeTransport(name: string, setup: () => Promise<TransportRig>): void {
  describe(`${name} as a transport`, () => {
    const rig = useRig(setup);

    test("sends text, bytes and objects unchanged", async () => {
      const bytes = Uint8Array.of(0, 10, 13, 255, 10, 34);
      const attachment: Item = [{ type: "attachment", length: bytes.length }, bytes];
      const transport = rig().create();
      await transport.send(envelopeOf(event, attachment, metric));
      await transport.flush(1000);
      const [arrived] = await read(rig());
      expect(arrived?.headers).toEqual({ sent_at: "2026-01-01T00:00:00.000Z" });
      expect(arrived?.items.map(({ header }) => header["type"])).toEqual([
        "event",
        "attachment",
        "trace_metric",
      ]);
      expect(JSON.parse(new TextDecoder().decode(arrived?.items[0]?.payload))).toEqual(event[1]);
      expect([...(arrived?.items[1]?.payload ?? [])]).toEqual([...bytes]);
      expect(new TextDecoder().decode(arrived?.items[2]?.payload)).toBe(metric[1]);
    });

    test("keeps the order of envelopes sent one after another", async () => {
      const transport = rig().create();
      for (const message of ["a", "b", "c"])
        await transport.send(envelopeOf([{ type: "event" }, { message }]));
      await transport.flush(1000);
      const payloads = (await read(rig())).map(({ items }) => items[0]?.payload);
      const messages = payloads.map((payload) => new TextDecoder().decode(payload));
      expect(messages).toEqual(['{"message":"a"}', '{"message":"b"}', '{"message":"c"}']);
    });

    test("flush resolves to true when nothing was sent", async () => {
      expect(await rig().create().flush(1000)).toBe(true);
    });

    test("sends the envelopes of a Sentry client", async () => {
      const client = new SentryClient({
        dsn: "https://public@localhost/1",
        integrations: [],
        stackParser: createStackParser(),
        transport: ({ recordDroppedEvent }) => rig().create({ recordDroppedEvent }),
      });
      client.init();
      client.captureMessage("from Sentry");
      expect(await client.flush(2000)).toBe(true);
      const texts = (await rig().arrivals()).map(({ body }) => new TextDecoder().decode(body));
      expect(texts.join("\n")).toContain('"message":"from Sentry"');
      await client.close(100);
    });
  });
}

/** Defines the tests that our HTTP transports must pass. */
export function describeHttpTransport(name: string, setup: () => Promise<HttpTransportRig>): void {
  describeSentryTransport(name, setup);
  describe(`${name} with a rate limit on bytes`, () => {
    const rig = useRig(setup);

    // Sentry's transport only checks the limit of `trace_metric` (docs/protocol.md#rate-limits).
    test("drops metrics", async () => {
      const transport = rig().create();
      await rig().reply({
        headers: { "x-sentry-rate-limits": "60:trace_metric_byte:organization" },
      });
      await transport.send(envelopeOf(event));
      await transport.send(envelopeOf(metric));
      await transport.send(envelopeOf(event));
      expect(typesOf(await read(rig()))).toEqual([["event"], ["event"]]);
    });
  });
}

/** Defines the part of the contract that Sentry's HTTP transports pass too. */
export function describeSentryTransport(
  name: string,
  setup: () => Promise<HttpTransportRig>,
): void {
  describeTransport(name, setup);
  describe(`${name} over HTTP`, () => {
    const rig = useRig(setup);

    test("resolves to the status and the rate limit headers", async () => {
      const headers = { "x-sentry-rate-limits": "60:error:key", "retry-after": "60" };
      await rig().reply({ status: 429, headers });
      const response = await rig().create().send(envelopeOf(event));
      expect(response).toMatchObject({ statusCode: 429, headers });
    });

    test.each([200, 400, 413, 500, 503])("resolves to a status of %i", async (status) => {
      await rig().reply({ status });
      const response = await rig().create().send(envelopeOf(event));
      expect(response.statusCode).toBe(status);
      expect(response.headers?.["x-sentry-rate-limits"] ?? null).toBeNull();
      expect(response.headers?.["retry-after"] ?? null).toBeNull();
    });

    test.each(["reset", "close"] as const)(
      "rejects when the server breaks the connection by %s",
      async (fault) => {
        await rig().reply({ fault });
        await expect(rig().create().send(envelopeOf(event))).rejects.toThrow(Error);
      },
    );

    test("rejects when nothing listens on the port", async () => {
      // Port 9 (discard) has no listener on test machines, and browsers refuse to open it.
      const transport = rig().create({ url: "http://127.0.0.1:9/api/1/envelope/?sentry_key=a" });
      await expect(transport.send(envelopeOf(event))).rejects.toThrow(Error);
    });

    test("flush waits for sends in flight", async () => {
      await rig().reply({ delay: 80 });
      const transport = rig().create();
      let settled = 0;
      for (const item of [event, metric])
        void Promise.resolve(transport.send(envelopeOf(item))).then(() => (settled += 1));
      expect(await transport.flush(5000)).toBe(true);
      await Promise.resolve();
      expect(settled).toBe(2);
    });

    test("flush resolves to false at its timeout, and to true once all sends have settled", async () => {
      await rig().reply({ delay: 300 });
      const transport = rig().create();
      const sent = transport.send(envelopeOf(event));
      expect(await transport.flush(20)).toBe(false);
      await sent;
      expect(await transport.flush(1000)).toBe(true);
    });

    test("flush resolves when a send fails", async () => {
      await rig().reply({ fault: "reset" });
      const transport = rig().create();
      const sent = Promise.resolve(transport.send(envelopeOf(event))).catch(() => "failed");
      expect(await transport.flush(5000)).toBe(true);
      expect(await sent).toBe("failed");
    });

    test("adds the headers of its options", async () => {
      await rig()
        .create({ headers: { "x-requested-with": "spanmeter" } })
        .send(envelopeOf(event));
      const [arrival] = await rig().arrivals();
      expect(arrival?.headers["x-requested-with"]).toBe("spanmeter");
    });

    describeRateLimits(rig);
  });
}

function describeRateLimits(rig: () => HttpTransportRig): void {
  test("drops rate limited items and sends the rest", async () => {
    const recordDroppedEvent = vi.fn<(reason: string, category: string) => void>();
    const transport = rig().create({ recordDroppedEvent });
    await rig().reply({ headers: { "x-sentry-rate-limits": "60:error;transaction:organization" } });
    await transport.send(envelopeOf(metric));
    await transport.send(envelopeOf(event, metric));
    expect(typesOf(await read(rig()))).toEqual([["trace_metric"], ["trace_metric"]]);
    expect(recordDroppedEvent.mock.calls.map(([reason, category]) => [reason, category])).toEqual([
      ["ratelimit_backoff", "error"],
    ]);
  });

  test("sends nothing while all categories are rate limited", async () => {
    const transport = rig().create();
    await rig().reply({ status: 429, headers: { "retry-after": "60" } });
    await transport.send(envelopeOf(event));
    await transport.send(envelopeOf(metric));
    expect(typesOf(await read(rig()))).toEqual([["event"]]);
  });
}

function useRig<Rig extends TransportRig>(setup: () => Promise<Rig>): () => Rig {
  let rig: Rig | undefined;
  beforeEach(async () => {
    rig = await setup();
  });
  afterEach(() => rig?.close());
  return () => rig as Rig;
}

async function read(rig: TransportRig): Promise<ReadEnvelope[]> {
  return (await rig.arrivals()).map(({ body }) => readEnvelope(body, { foreign: true }));
}

const typesOf = (envelopes: readonly ReadEnvelope[]): unknown[][] =>
  envelopes.map(({ items }) => items.map(({ header }) => header["type"]));
