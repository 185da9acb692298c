import { describe, expect, test } from "vitest";
import { fanOut, type TransportFactory } from "../../src/index.js";
import { setUp } from "../set-up.js";

test("encoding what waits costs in proportion to it, however small the envelopes are", () => {
  let encoded = 0;
  let drain = (): void => {};
  const encoder = new TextEncoder();
  const setup = setUp(
    {},
    {
      start: (client) => {
        drain = client.drain;
        return () => {};
      },
      maxEnvelopeBytes: 19_000,
      encodeUtf8: (text) => {
        encoded += text.length;
        return encoder.encode(text);
      },
    },
  );
  for (let i = 0; i < 2000; i++)
    setup.client.metrics.count("page.metric", i, { attributes: { route: "/checkout", step: i } });
  encoded = 0;
  drain();
  const sent = setup.transport.sends.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(setup.transport.metrics).toHaveLength(2000);
  expect(encoded).toBeLessThan(sent * 2);
});

test("a copy that never answers holds a bounded number of envelopes", async () => {
  let held = 0;
  const hanging: TransportFactory = () => ({
    send: () => {
      held++;
      return new Promise(() => {});
    },
    flush: async () => true,
  });
  const inner = setUp();
  const { client, leave } = setUp({ transport: fanOut([inner.platform.transport, hanging]) });
  for (let i = 0; i < 200; i++) {
    client.metrics.count("a");
    await leave();
  }
  expect(inner.transport.metrics).toHaveLength(200);
  expect(held).toBe(30);
});

describe("flush", () => {
  test("of Infinity waits as long as it takes", async () => {
    const { client } = setUp();
    client.metrics.count("a");
    expect(await client.flush(Infinity)).toBe(true);
  });

  test("does not need a transport that can flush, nor one whose flush ends", async () => {
    const send = async () => ({ statusCode: 200 });
    const none = setUp({ transport: (() => ({ send })) as unknown as TransportFactory });
    expect(await none.client.flush()).toBe(true);
    const endless = setUp({ transport: () => ({ send, flush: () => new Promise(() => {}) }) });
    const flushed = endless.client.flush();
    await endless.clock.advance(10_000);
    expect(await flushed).toBe(false);
  });
});

describe("in development", () => {
  async function complaintsAbout(failure: unknown): Promise<string[]> {
    const failing: TransportFactory = () => ({
      send: () => Promise.reject(failure),
      flush: async () => true,
    });
    const { client, leave, complaints } = setUp({ transport: failing }, { development: true });
    for (let i = 0; i < 3; i++) {
      client.metrics.count("a");
      await leave();
    }
    return complaints();
  }

  test("the first send that a wrong set-up fails is told with its cause, once", async () => {
    const error = new TypeError("no way out", { cause: new Error("the proxy is no URL") });
    expect(await complaintsAbout(error)).toEqual([
      "[spanmeter] Metrics could not be sent to https://o1.ingest.sentry.io/api/2/envelope/: no way out: the proxy is no URL",
    ]);
    expect(await complaintsAbout(undefined)).toEqual([
      "[spanmeter] Metrics could not be sent to https://o1.ingest.sentry.io/api/2/envelope/: the transport gave no reason",
    ]);
  });

  test("a network that is down is not talked about", async () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    expect(await complaintsAbout(refused)).toEqual([]);
    expect(await complaintsAbout(new TypeError("fetch failed", { cause: refused }))).toEqual([]);
  });

  test("an option that does not exist is named", () => {
    const { complaints } = setUp({ maxQueueSize: 5 } as object, { development: true });
    expect(complaints()).toEqual(['[spanmeter] There is no option "maxQueueSize"']);
  });
});

test("a hook that returns an invalid trace leaves the one the call asked for", async () => {
  const traceId = "c".repeat(32);
  const { client, transport, leave } = setUp({
    beforeSendMetric: (metric) => ({ ...metric, trace: { traceId: "bad" } }),
  });
  client.metrics.count("a", 1, { trace: { traceId } });
  await leave();
  expect(transport.metrics[0]?.traceId).toBe(traceId);
});
