import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeMetrics } from "../../src/encode/container.js";
import type { Waiting } from "../../src/contract/pending-metric.js";

const HEAD = '{"version":2';
const encoder = new TextEncoder();
const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);
const encode = (metrics: readonly Waiting[], maxBytes: number) =>
  encodeMetrics(metrics, HEAD, maxBytes, encodeUtf8);

const batch = fc.array(
  fc.string({ unit: "binary", maxLength: 40 }).map((text): Waiting => ({
    type: "counter",
    name: "a",
    value: 1,
    unit: undefined,
    time: 0,
    trace: { traceId: "a".repeat(32) },
    attributes: { text },
    base: { [text]: "\ud800" },
    bytes: 0,
    calls: 1,
    sequence: 0,
    place: 0,
  })),
  { minLength: 1, maxLength: 8 },
);

test("a container holds as many metrics as fit, and always one, and its size is told in bytes", () => {
  fc.assert(
    fc.property(batch, fc.nat(3000), (metrics, max) => {
      const [payload, count, bytes] = encode(metrics, max);
      expect(bytes).toBe(encodeUtf8(String(payload)).length);
      expect(JSON.parse(String(payload)).items).toHaveLength(count);
      expect(count).toBeGreaterThan(0);
      expect(bytes <= max || count <= 1).toBe(true);
      const [, , oneMore] = encode(metrics.slice(0, count + 1), Infinity);
      expect(count === metrics.length || oneMore > max).toBe(true);
    }),
  );
});
