import {
  createTransport,
  type BaseTransportOptions,
  type Transport as SentryTransport,
} from "@sentry/core";
import { expect, expectTypeOf, test } from "vitest";
import type {
  Attributes,
  Metric,
  Metrics,
  Options,
  Transport,
  TransportFactory,
  Unit,
} from "../../src/index.js";
import { setUp } from "../set-up.js";

// The compiler checks these: a `@ts-expect-error` on a line that compiles fails the type check.

test("wrong calls do not compile", () => {
  const { metrics } = setUp({ enableMetrics: false }).client;
  // @ts-expect-error a name is a string
  metrics.count(1);
  // @ts-expect-error a gauge needs a value
  metrics.gauge("a");
  // @ts-expect-error a value is a number
  metrics.distribution("a", "1");
  // @ts-expect-error options are an object
  metrics.count("a", 1, "byte");
  // As with Sentry's own functions, objects and mixed lists are sent as JSON text, a bigint as text.
  metrics.count("a", 1, { attributes: { a: [1, "b"], b: { c: 1 }, d: 1n, e: null } });
  // @ts-expect-error a time is a date or a number of seconds
  metrics.count("a", 1, { timestamp: "now" });
  // @ts-expect-error a trace has an id
  metrics.count("a", 1, { trace: { spanId: "b" } });
  expectTypeOf<Metrics["count"]>().returns.toBeVoid();
  expect(metrics).toBeDefined();
});

test("wrong options do not compile", () => {
  expectTypeOf<{ dsn: number }>().not.toExtend<Options>();
  expectTypeOf<{ flushInterval: string }>().not.toExtend<Options>();
  expectTypeOf<{ serverName: true }>().not.toExtend<Options>();
  expectTypeOf<{ beforeSendMetric: (metric: Metric) => string }>().not.toExtend<Options>();
  expectTypeOf<{ beforeSendMetric: (metric: Metric) => null }>().toExtend<Options>();
});

test("valid calls compile without a cast", () => {
  const { metrics } = setUp({ enableMetrics: false }).client;
  interface Order {
    readonly id: string;
    readonly total?: number | undefined;
  }
  const order: Order = { id: "a" };
  metrics.count("a", undefined, { attributes: { ...order, tags: ["x"], none: null } });
  metrics.gauge("a", 1, { unit: "byte", timestamp: new Date(), sampleRate: 0.5 });
  metrics.gauge("a", 1, { unit: "a unit of my own", timestamp: 1767225600 });
  expectTypeOf<"millisecond">().toExtend<Unit>();
  expectTypeOf<string>().toExtend<Unit>();
  expectTypeOf<{ a: readonly string[] }>().toExtend<Attributes>();
  expectTypeOf<Record<string, unknown>>().toExtend<Attributes>();
  expect(metrics).toBeDefined();
});

test("Sentry's transports are assignable to ours, and ours to Sentry's", () => {
  expectTypeOf<SentryTransport>().toExtend<Transport>();
  expectTypeOf<(options: BaseTransportOptions) => SentryTransport>().toExtend<TransportFactory>();
  expectTypeOf<Transport["flush"]>().toExtend<SentryTransport["flush"]>();
  const theirs: TransportFactory = (options) =>
    createTransport(options, () => Promise.resolve({ statusCode: 200 }));
  expect(theirs({ url: "", recordDroppedEvent: () => {} })).toHaveProperty("send");
});
