import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { encodeMetrics as encodeBySerializing } from "@spanmeter/core";
import type { AttributeMap, PendingMetric } from "@spanmeter/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEncodeMetrics } from "../../src/encode/encode-metrics.js";
import { pendingMetric as metric, type GivenMetric } from "@spanmeter/testing";
import { releasePayload } from "../../src/runtime/buffer-pool.js";
import { batch } from "../support/metric-batches.js";

const HEAD = '{"version":2';
const encoder = new TextEncoder();
const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);
const read = (payload: string | Uint8Array): string =>
  typeof payload === "string" ? payload : new TextDecoder().decode(payload);

/** The output of core's encoder, without a limit. */
const expected = (metrics: readonly PendingMetric[]): string =>
  read(encodeBySerializing(metrics, HEAD, Infinity, encodeUtf8).payload);

describe("the encoder of node", () => {
  test("writes the bytes that core's encoder writes, regardless of earlier batches", () => {
    const encode = createEncodeMetrics();
    fc.assert(
      fc.property(batch, (metrics) => {
        const { payload, count, bytes } = encode(metrics, HEAD, Infinity, encodeUtf8);
        expect(read(payload)).toBe(expected(metrics));
        expect([count, bytes]).toEqual([metrics.length, payload.length]);
      }),
      { numRuns: 2000 },
    );
  });

  test("takes as many metrics as fit, and always one", () => {
    const encode = createEncodeMetrics();
    fc.assert(
      fc.property(batch, fc.nat(3000), (metrics, max) => {
        const { payload, count, bytes } = encode(metrics, HEAD, max, encodeUtf8);
        expect(read(payload)).toBe(expected(metrics.slice(0, count)));
        expect(bytes <= max || count <= 1).toBe(true);
        expect(count).toBeGreaterThanOrEqual(Math.min(1, metrics.length));
        const oneMore = encodeUtf8(expected(metrics.slice(0, count + 1))).length;
        expect(count === metrics.length || oneMore > max).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("writes metrics larger than its buffer", () => {
    const encode = createEncodeMetrics();
    const large = metric({
      attributes: { text: "é\n".repeat(200_000) },
      sharedAttributes: { a: 1 },
    });
    const metrics = [metric(), large, metric(), large];
    expect(read(encode(metrics, HEAD, Infinity, encodeUtf8).payload)).toBe(expected(metrics));
  });

  test("fills its buffer to the last byte", () => {
    const sizeOf = (metrics: PendingMetric[]): number => expected(metrics).length;
    const padded = (size: number): PendingMetric =>
      metric({
        attributes: Object.fromEntries(
          Array.from({ length: 4 }, (_, i) => [`pad-${i}`, "x".repeat((size + i) >> 2)]),
        ),
      });
    const many: PendingMetric[] = [];
    while (sizeOf([...many, padded(0)]) < 64 * 1024 - 1500) many.push(metric());
    const spare = 64 * 1024 - sizeOf([...many, padded(0)]);
    // The headroom is part of the buffer, so its end is within these sizes.
    const wrong = Array.from({ length: 800 }, (_, i) => spare - 1100 + i).filter((size) => {
      const metrics = [...many, padded(size)];
      const { payload } = createEncodeMetrics()(metrics, HEAD, Infinity, encodeUtf8);
      return read(payload) !== expected(metrics);
    });
    expect(wrong).toEqual([]);
  });

  test("writes own attributes only, even where Object.prototype has enumerable keys", () => {
    const encode = createEncodeMetrics();
    const sharedAttributes = { region: "eu" };
    const metrics = [
      metric({ sharedAttributes, attributes: { route: "/" } }),
      metric({ sharedAttributes }),
    ];
    // The key is cached before it appears on objects that do not have it.
    encode(
      [metric({ sharedAttributes, attributes: { route: "/", added: 1 } })],
      HEAD,
      Infinity,
      encodeUtf8,
    );
    Object.defineProperty(Object.prototype, "added", {
      value: "by somebody",
      enumerable: true,
      configurable: true,
    });
    let texts: string[] = [];
    try {
      texts = [read(encode(metrics, HEAD, Infinity, encodeUtf8).payload), expected(metrics)];
    } finally {
      delete (Object.prototype as { added?: string }).added;
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toContain("added");
  });

  test("does not change a payload that it has returned", () => {
    const encode = createEncodeMetrics();
    const batches = [1, 300, 2].map((size) =>
      Array.from({ length: size }, (_, i) => metric({ value: i, attributes: { batch: size } })),
    );
    const payloads = batches.map((each) => encode(each, HEAD, Infinity, encodeUtf8).payload);
    expect(payloads.map(read)).toEqual(batches.map(expected));
  });

  test("preserves the order and the values of attributes that are set twice", () => {
    const encode = createEncodeMetrics();
    const sharedAttributes = { a: 1, region: "eu", 7: "seven" };
    const metrics = [
      metric({ sharedAttributes: { a: 1, region: "eu" }, attributes: { b: 2, region: "us" } }),
      metric({ sharedAttributes, attributes: { b: 2 } }),
      metric({ attributes: { b: 2, 7: "seven" } }),
      metric({ sharedAttributes: { a: 1 }, attributes: { a: 2 } }),
      metric({ sharedAttributes: { b: 1 }, attributes: { a: 2 } }),
    ];
    for (let round = 0; round < 2; round++)
      expect(read(encode(metrics, HEAD, Infinity, encodeUtf8).payload)).toBe(expected(metrics));
  });
});

describe("the cache of the encoder stays small", () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const heap = (): number => {
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };

  test.each<[string, (i: number) => GivenMetric]>([
    ["values of one key", (i) => ({ attributes: { user: `user-${i}`, route: "/" } })],
    ["numbers of one key", (i) => ({ attributes: { size: i * 1.5 } })],
    ["keys", (i) => ({ attributes: { [`key-${i}`]: true } })],
    ["names", (i) => ({ name: `name-${i}` })],
    ["traces", (i) => ({ trace: { traceId: i.toString(16).padStart(32, "0") } })],
    ["shared attributes", (i) => ({ sharedAttributes: { request: i } })],
    [
      "combinations of large attributes",
      (i) => ({
        attributes: Object.fromEntries(
          Array.from({ length: 9 }, (_, key) => [
            `key-${key}`,
            `${"x".repeat(180)}${((i / 2 ** key) % 250) | 0}`,
          ]),
        ),
      }),
    ],
  ])("with 100 000 distinct %s", (_, given) => {
    const encode = createEncodeMetrics();
    const before = heap();
    for (let i = 0; i < 100_000; i += 100) {
      const metrics = Array.from({ length: 100 }, (_each, j) => metric(given(i + j)));
      releasePayload(encode(metrics, HEAD, Infinity, encodeUtf8).payload as Uint8Array);
    }
    expect(heap() - before).toBeLessThan(8 * 1024 * 1024);
  });
});

test("an error in the toJSON of a value ends the batch, and the next batch is written", () => {
  const encode = createEncodeMetrics();
  const failing = (): never => {
    throw new RangeError("from the application");
  };
  const list = Object.assign(["a"], { toJSON: failing });
  const write = (attributes: AttributeMap): string =>
    read(encode([metric({ attributes })], HEAD, Infinity, encodeUtf8).payload);
  expect(() => write({ list })).toThrow("from the application");
  expect(write({ list: ["a"] })).toBe(expected([metric({ attributes: { list: ["a"] } })]));
});
