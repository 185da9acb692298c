import { settle } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import type { Client, Drop, TransportFactory } from "../../src/index.js";
import { createClient } from "../../src/index.js";
import { DSN, setUp } from "../set-up.js";

// Callbacks of an application may call the client that calls them.

test("a transport that flushes in every send receives each metric once", async () => {
  const inner = setUp();
  const flushing: TransportFactory = (options) => {
    const transport = inner.platform.transport(options);
    return {
      send: (envelope) => {
        void client.flush();
        return transport.send(envelope);
      },
      flush: (timeout) => transport.flush(timeout),
    };
  };
  const { client } = setUp({ transport: flushing, maxInFlight: 1 });
  for (let i = 0; i < 350; i++) client.metrics.count("a", i);
  await client.flush();
  expect(client.stats()).toMatchObject({ recorded: 350, delivered: 350, pending: 0 });
  const values = inner.transport.metrics.map(({ value }) => value).sort((a, b) => a - b);
  expect(values).toEqual(Array.from({ length: 350 }, (_, i) => i));
});

describe("an onDrop", () => {
  const refusing: TransportFactory = () => ({
    send: async () => ({ statusCode: 400 }),
    flush: async () => true,
  });

  test("that flushes sees stats that add up", async () => {
    const drops: Drop[] = [];
    const differences: number[] = [];
    const { platform } = setUp();
    const client: Client = createClient(
      {
        dsn: DSN,
        transport: refusing,
        onDrop: (drop) => {
          drops.push(drop);
          void client.flush();
          const { recorded, delivered, pending, dropped } = client.stats();
          const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          differences.push(recorded - delivered - pending - lost);
        },
      },
      platform,
    );
    for (let i = 0; i < 250; i++) client.metrics.count("a");
    await client.flush();
    await settle();
    expect(new Set(differences)).toEqual(new Set([0]));
    expect(client.stats()).toMatchObject({
      recorded: 250,
      pending: 0,
      dropped: { send_error: 250 },
    });
    expect(drops.reduce((sum, { metrics }) => sum + metrics, 0)).toBe(250);
  });

  test("that records an invalid metric is not called for it, and the loss is counted", () => {
    let calls = 0;
    const { client } = setUp({
      onDrop: () => {
        calls++;
        client.metrics.count("again", NaN);
      },
    });
    client.metrics.count("first", NaN);
    expect(calls).toBe(1);
    expect(client.stats()).toMatchObject({ recorded: 2, pending: 0, dropped: { invalid: 2 } });
  });
});

test("beforeSendMetric and a trace source can flush", async () => {
  const { client, transport } = setUp({
    beforeSendMetric: (metric) => {
      void client.flush();
      return metric;
    },
    traceSources: [
      () => {
        void client.flush();
        return undefined;
      },
    ],
  });
  for (let i = 0; i < 150; i++) client.metrics.count("a");
  await client.close();
  expect(client.stats()).toMatchObject({ recorded: 150, delivered: 150, pending: 0 });
  expect(transport.metrics).toHaveLength(150);
});
