import { crc32, gunzipSync } from "node:zlib";
import type { PendingMetric } from "@spanmeter/core";
import { pendingMetric } from "@spanmeter/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gzipCopies } from "../../src/deflate/gzip-copies.js";
import { createEncodeMetrics } from "../../src/encode/encode-metrics.js";
import { bufferOf, releasePayload, type PooledBuffer } from "../../src/runtime/buffer-pool.js";
import { Copies, MAX_DISTANCE } from "../../src/runtime/copies.js";
import { batch } from "../support/metric-batches.js";

const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A part of a text: bytes, or a copy of bytes that are so far back. */
type Part = Uint8Array | { readonly length: number; readonly distance: number };

/** A buffer with these parts behind each other, as an encoder would write them. */
function bufferWith(parts: readonly Part[]): { buffer: PooledBuffer; end: number } {
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const texts = Buffer.alloc(size);
  const copies = new Copies();
  let at = 0;
  for (const part of parts) {
    if (part instanceof Uint8Array) texts.set(part, at);
    else {
      copies.add(at, part.length, part.distance);
      // One by one: a copy may overlap with the bytes that it repeats.
      for (let i = at; i < at + part.length; i++) texts[i] = texts[i - part.distance] as number;
    }
    at += part.length;
  }
  return {
    buffer: { texts, bytes: new Uint8Array(texts.buffer, texts.byteOffset, size), copies },
    end: at,
  };
}

/** Whether gunzip returns a text after these copies compressed it. */
function survives(parts: readonly Part[]): boolean {
  const { buffer, end } = bufferWith(parts);
  return gunzipSync(gzipCopies(buffer, 0, end, crc32)).equals(buffer.texts);
}

const random = (length: number): Uint8Array =>
  Uint8Array.from({ length }, () => Math.floor(Math.random() * 256));

test("gunzip returns any text, whichever of its parts are known to be copies", () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ maxLength: 60 }).map(encodeUtf8),
    fc.record({
      length: fc.integer({ min: 1, max: 2000 }),
      distance: fc.integer({ min: 1, max: MAX_DISTANCE }),
    }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (given) => {
      let size = 0;
      const parts = given.map((each): Part => {
        // A copy cannot begin before its text.
        const fits = each instanceof Uint8Array || size > 0;
        const made = !fits
          ? random(8)
          : each instanceof Uint8Array
            ? each
            : { ...each, distance: 1 + ((each.distance - 1) % size) };
        size += made.length;
        return made;
      });
      expect(survives(parts)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("gunzip returns copies of every length", () => {
  const lengths = Array.from({ length: 800 }, (_, i) => i + 1);
  // Different distances, so that no copy continues the one before.
  expect(
    survives([random(900), ...lengths.map((length, i) => ({ length, distance: 600 + (i % 2) }))]),
  ).toBe(true);
});

test("gunzip returns copies from every distance", () => {
  const distances = Array.from({ length: MAX_DISTANCE }, (_, i) => i + 1);
  expect(
    survives([random(MAX_DISTANCE), ...distances.map((distance) => ({ length: 7, distance }))]),
  ).toBe(true);
});

test("gunzip returns every byte", () => {
  expect(survives([Uint8Array.from({ length: 256 }, (_, byte) => byte)])).toBe(true);
});

test("gunzip returns the batches of the encoder", () => {
  const encode = createEncodeMetrics();
  const sizes = fc.oneof(fc.constant(Infinity), fc.nat(3000));
  fc.assert(
    fc.property(batch, sizes, fc.nat(4), (metrics, maxBytes, repetitions) => {
      // Texts recur within a batch, and between batches.
      const many = Array.from({ length: repetitions + 1 }, () => metrics).flat();
      const payload = encode(many, '{"version":2', maxBytes, encodeUtf8).payload as Uint8Array;
      const buffer = bufferOf(payload) as PooledBuffer;
      const start = payload.byteOffset;
      const zipped = gzipCopies(buffer, start, start + payload.length, crc32);
      expect(gunzipSync(zipped).equals(payload)).toBe(true);
      releasePayload(payload);
    }),
    { numRuns: 2000 },
  );
});

test("gunzip returns batches of every size, in buffers that grow, are copied and are used again", () => {
  const encode = createEncodeMetrics();
  const series = Array.from(
    { length: 40 },
    (_, i) =>
      pendingMetric({ isCached: true, attributes: { route: `/${i}`, text: "x".repeat(i * 20) } })
        .series,
  );
  const shared = [{}, { region: "eu" }, { region: "us", release: "shop@1.2.3" }];
  const metricAt = (i: number): PendingMetric => ({
    ...pendingMetric({
      value: i / 8,
      time: 1_763_942_400_000 + (i >> 6),
      trace: { traceId: String(i >> 3).padStart(32, "0") },
      sharedAttributes: shared[(i >> 5) % shared.length]!,
      sequence: i & 63,
    }),
    series: series[(i * 7) % series.length]!,
  });
  const wrong = [3000, 1, 10, 100, 120, 130, 1000, 2000, 50].filter((size) => {
    const metrics = Array.from({ length: size }, (_, i) => metricAt(i));
    const payload = encode(metrics, '{"version":2', Infinity, encodeUtf8).payload as Uint8Array;
    const { byteOffset: start, length } = payload;
    const zipped = gzipCopies(bufferOf(payload) as PooledBuffer, start, start + length, crc32);
    const isSame = gunzipSync(zipped).equals(payload);
    releasePayload(payload);
    releasePayload(zipped);
    return !isSame;
  });
  expect(wrong).toEqual([]);
});
