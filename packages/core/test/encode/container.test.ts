import { pendingMetric } from "@spanmeter/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeMetrics } from "../../src/encode/container.js";
import type { PendingMetric } from "../../src/contract/pending-metric.js";
import { setUp } from "../set-up.js";

const HEAD = '{"version":2';
const encoder = new TextEncoder();
const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);
const encode = (metrics: readonly PendingMetric[], maxBytes: number) =>
  encodeMetrics(metrics, HEAD, maxBytes, encodeUtf8);

const batch = fc.array(
  fc
    .string({ unit: "binary", maxLength: 40 })
    .map((text): PendingMetric =>
      pendingMetric({ attributes: { text }, sharedAttributes: { [text]: "\ud800" } }),
    ),
  { minLength: 1, maxLength: 8 },
);

test("a container holds as many metrics as fit, at least one, and its size is reported in bytes", () => {
  fc.assert(
    fc.property(batch, fc.nat(3000), (metrics, max) => {
      const { payload, count, bytes } = encode(metrics, max);
      expect(bytes).toBe(encodeUtf8(String(payload)).length);
      expect(JSON.parse(String(payload)).items).toHaveLength(count);
      expect(count).toBeGreaterThan(0);
      expect(bytes <= max || count <= 1).toBe(true);
      const { bytes: oneMore } = encode(metrics.slice(0, count + 1), Infinity);
      expect(count === metrics.length || oneMore > max).toBe(true);
    }),
  );
});

test("encoding cost is proportional to the bytes sent, even with small envelopes", () => {
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
