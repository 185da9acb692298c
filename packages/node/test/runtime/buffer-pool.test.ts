import type { PendingMetric } from "@spanmeter/core";
import { expect, test } from "vitest";
import { createEncodeMetrics } from "../../src/encode/encode-metrics.js";
import {
  borrow,
  releasePayload,
  HEADROOM,
  lend,
  release,
  widen,
} from "../../src/runtime/buffer-pool.js";
import { pendingMetric as metric } from "@spanmeter/testing";

const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const batch = (size: number, name: string): PendingMetric[] =>
  Array.from({ length: size }, (_, i) => metric({ name, value: i, sequence: i, arrivalIndex: i }));

test("a released buffer is used again, and one that is not released never is", () => {
  const encode = createEncodeMetrics();
  const payloads = new Set<ArrayBufferLike>();
  let reused = 0;
  const unreleased: [Uint8Array, string][] = [];
  for (let round = 0; round < 50; round++) {
    const { payload } = encode(batch(200, `round-${round}`), "{", Infinity, encodeUtf8);
    const bytes = payload as Uint8Array;
    if (payloads.has(bytes.buffer)) reused++;
    payloads.add(bytes.buffer);
    if (round % 2) releasePayload(bytes);
    else unreleased.push([bytes, new TextDecoder().decode(bytes)]);
  }
  expect(reused).toBeGreaterThan(20);
  for (const [bytes, text] of unreleased) expect(new TextDecoder().decode(bytes)).toBe(text);
});

test("releasing a payload twice releases it once", () => {
  const payload = lend(borrow(10_000), 5000);
  releasePayload(payload);
  releasePayload(payload);
  const again = borrow(10_000);
  expect(again.bytes.buffer === payload.buffer).toBe(true);
  expect(borrow(10_000).bytes.buffer === payload.buffer).toBe(false);
});

test("bytes from outside of the pool are not released into it", () => {
  const bytes = new Uint8Array(20_000);
  releasePayload(bytes);
  expect(borrow(15_000).bytes.buffer === bytes.buffer).toBe(false);
  expect(widen(bytes.subarray(100), 10, 50)).toBeUndefined();
});

test("a payload can be widened to its whole buffer, and not after it is released", () => {
  const memory = borrow(10_000);
  const payload = lend(memory, 5000);
  expect(widen(payload, HEADROOM, memory.bytes.length)).toHaveLength(memory.bytes.length);
  expect(widen(payload, HEADROOM + 1, 100)).toBeUndefined();
  expect(widen(payload, 0, memory.bytes.length)).toBeUndefined();
  releasePayload(payload);
  expect(widen(payload, 1, 100)).toBeUndefined();
});

test("released buffers have at most four megabytes together", () => {
  const before = Array.from({ length: 20 }, () => borrow(300_000));
  for (const memory of before) release(memory);
  const again = Array.from({ length: 20 }, () => borrow(300_000));
  const reused = again.filter((memory) => before.includes(memory)).length;
  expect(reused).toBeGreaterThan(0);
  expect(reused * 300_000).toBeLessThanOrEqual(4 * 1024 * 1024);
  const exception = borrow(5_000_000);
  release(exception);
  // `toBe` would print both buffers.
  expect(borrow(5_000_000) === exception).toBe(false);
});
