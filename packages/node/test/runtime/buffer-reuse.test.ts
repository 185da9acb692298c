import { setTimeout as sleep } from "node:timers/promises";
import type { Transport, TransportFactory } from "@spanmeter/core";
import { expect, test } from "vitest";
import { createClient, httpTransport } from "../../src/index.js";
import { ingestForTest } from "../support/ingest.js";

const decode = (payload: unknown): string => new TextDecoder().decode(payload as Uint8Array);
const text = (i: number): string => `text ${i} `.repeat(1 + (i % 20));

test("each metric arrives once and complete, while many envelopes of all sizes are in flight and some are refused", async () => {
  const ingest = await ingestForTest({
    reply: ({ metrics }) => ({
      status: Number(metrics[0]?.value) % 5 === 0 ? 500 : 200,
      delay: metrics.length % 7,
    }),
  });
  const client = createClient({ dsn: ingest.dsn, flushInterval: 5, shutdown: { spool: false } });
  let recorded = 0;
  for (let burst = 0; burst < 40; burst++) {
    for (let i = 0; i < (burst * 37) % 250; i++, recorded++)
      client.metrics.gauge("memory", recorded, { attributes: { text: text(recorded) } });
    await sleep(burst % 4);
  }
  await client.close(20_000);
  const { pending, dropped } = client.stats();
  expect(pending).toBe(0);
  expect(ingest.metrics.length + (dropped.send_error ?? 0)).toBe(recorded);
  expect(new Set(ingest.metrics.map(({ value }) => value)).size).toBe(ingest.metrics.length);
  for (const { value, attributes } of ingest.metrics) expect(attributes["text"]).toBe(text(value));
  expect(ingest.requests.length).toBeGreaterThan(10);
});

test("a payload that a transport of the application stores is not overwritten", async () => {
  const ingest = await ingestForTest();
  const stored: [bytes: unknown, text: string][] = [];
  const storing: TransportFactory = (options) => {
    const inner: Transport = httpTransport(options);
    return {
      ...inner,
      send(envelope) {
        for (const [, payload] of envelope[1]) stored.push([payload, decode(payload)]);
        return inner.send(envelope);
      },
    };
  };
  const client = createClient({ dsn: ingest.dsn, transport: storing, shutdown: { spool: false } });
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 150; i++) client.metrics.count(`round.${round}`);
    await client.flush();
  }
  expect(stored.length).toBeGreaterThanOrEqual(10);
  for (const [payload, before] of stored) expect(decode(payload)).toBe(before);
});
