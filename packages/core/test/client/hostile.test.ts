import { settle } from "@spanmeter/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createClient,
  type Client,
  type Metrics,
  type Options,
  type TransportFactory,
} from "../../src/index.js";
import {
  hostile,
  hostileAttributes,
  hostileCall,
  hostileCallback,
  type HostileCall,
  type Recipe,
} from "./hostile-values.js";
import { balance, DSN, setUp, type SetUp } from "../set-up.js";

// Hostile values reject promises of their own. The last test asserts that core adds no unhandled rejection.
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);
beforeAll(() => void process.on("unhandledRejection", onUnhandled));
afterAll(() => {
  process.off("unhandledRejection", onUnhandled);
});

type AnyVerb = (name: unknown, value: unknown, options: unknown) => void;

function make({ metrics }: { metrics: Metrics }, calls: readonly HostileCall[]): void {
  for (const { verb, name, value, options } of calls)
    (metrics[verb] as AnyVerb)(name(), value(), options());
}

/** Reads every envelope strictly and counts the calls that are not accounted for. */
function inspect(setup: SetUp): { unaccounted: number; unreported: object; heaviest: number } {
  const sends = [...setup.transport.sends, ...setup.spotlight.sends];
  const sizes = sends.flatMap(({ envelope }) => envelope.metrics.map(({ bytes }) => bytes));
  const { recorded, accounted, reported, dropped } = balance(setup);
  const unreported = Object.fromEntries(
    Object.entries(dropped).filter(([reason, count]) => reported[reason] !== count),
  );
  return { unaccounted: recorded - accounted, unreported, heaviest: Math.max(0, ...sizes) };
}

const expectSound = (setup: SetUp, calls: number): void => {
  const { heaviest, ...rest } = inspect(setup);
  expect(rest).toEqual({ unaccounted: 0, unreported: {} });
  expect(heaviest).toBeLessThanOrEqual(2048);
  expect(setup.client.stats().recorded).toBe(calls);
};

const calls = fc.array(hostileCall, { minLength: 1, maxLength: 20 });

describe("with hostile input, nothing throws, every envelope is valid and every call is accounted for:", () => {
  test("calls", async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (made) => {
        const setup = setUp({ debug: true });
        make(setup.client, made);
        await setup.advanceInterval();
        expectSound(setup, made.length);
        expect(setup.client.stats().pending).toBe(0);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  });

  test("attributes of the client and around a call", async () => {
    await fc.assert(
      fc.asyncProperty(calls, hostileAttributes, hostileAttributes, async (made, own, around) => {
        const setup = setUp({ attributes: { first: 1 } });
        setup.client.setAttributes(own() as never);
        setup.client.withAttributes(around() as never, () => make(setup.client, made));
        await setup.advanceInterval();
        expectSound(setup, made.length);
        expect(setup.client.stats().pending).toBe(0);
      }),
      { numRuns: 150, includeErrorInReport: true },
    );
  });

  test("beforeSendMetric, onDrop, trace sources, scopes of other SDKs and the console", async () => {
    const parts = fc.record({
      beforeSendMetric: hostileCallback,
      source: hostileCallback,
      say: hostileCallback,
      carrier: hostile,
    });
    await fc.assert(
      fc.asyncProperty(calls, parts, async (made, { beforeSendMetric, source, say, carrier }) => {
        const global = { __SENTRY__: { version: "11.0.0", "11.0.0": carrier() } };
        const options = { beforeSendMetric, traceSources: [source], debug: true } as Options;
        const setup = setUp(options, { global, console: { log: say, warn: say, error: say } });
        make(setup.client, made);
        await setup.advanceInterval();
        expectSound(setup, made.length);
        expect(setup.client.stats().pending).toBe(0);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  });

  test("a transport that returns anything, throws, or never answers", async () => {
    const answers = fc.oneof(
      hostileCallback,
      hostile.map((status) => () => Promise.resolve({ statusCode: status() })),
      hostile.map((header) => () => {
        const headers = { "x-sentry-rate-limits": header(), "retry-after": header() };
        return Promise.resolve({ statusCode: 429, headers });
      }),
      fc.constant(() => new Promise(() => {})),
    );
    await fc.assert(
      fc.asyncProperty(calls, answers, hostileCallback, async (made, send, flush) => {
        const inner = setUp();
        const transport = ((options) => {
          const strict = inner.platform.transport(options);
          return {
            send: (envelope) => {
              void strict.send(envelope);
              return send(envelope) as never;
            },
            flush: flush as never,
          };
        }) satisfies TransportFactory;
        const setup = setUp({ transport, onDrop: undefined });
        make(setup.client, made);
        await setup.advanceInterval();
        await setup.clock.advance(20_000);
        void setup.client.close(1000);
        await setup.clock.advance(20_000);
        const { recorded, accounted } = balance(setup);
        expect([recorded, accounted]).toEqual([made.length, made.length]);
        expect(setup.client.stats().pending).toBe(0);
        for (const { envelope } of inner.transport.sends)
          expect(envelope.items.length).toBeGreaterThan(0);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  });

  test("options", async () => {
    const names = [
      "dsn",
      "release",
      "environment",
      "serverName",
      "enableMetrics",
      "attributes",
      "tunnel",
      "beforeSendMetric",
      "sendDefaultPii",
      "transport",
      "transportOptions",
      "spotlight",
      "debug",
      "traceSources",
      "maxQueueItems",
      "maxQueueBytes",
      "maxMetricBytes",
      "maxInFlight",
      "maxSeries",
      "overflow",
      "onDrop",
      "flushInterval",
      "sendTimeout",
      "sendClientReports",
    ];
    const entry = fc.tuple(
      fc.constantFrom(...names),
      fc.oneof(
        hostile,
        hostileCallback.map((callback) => () => callback),
      ),
    );
    const bad = fc.oneof(
      hostile,
      fc.array(entry, { maxLength: 6 }).map((entries): Recipe => () => ({
        dsn: DSN,
        ...Object.fromEntries(entries.map(([name, make]) => [name, make()])),
      })),
    );
    await fc.assert(
      fc.asyncProperty(bad, calls, async (options, made) => {
        const { clock, platform } = setUp();
        const client: Client = createClient(options() as Options, platform);
        make(client, made);
        client.setAttributes({ a: 1 });
        await clock.advance(100);
        const closed = client.close(1000);
        await clock.advance(20_000);
        expect(typeof (await closed)).toBe("boolean");
        const { recorded, delivered, pending, dropped } = client.stats();
        const lost = Object.values(dropped).reduce((a, b) => a + b, 0);
        expect(recorded).toBe(delivered + pending + lost);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  });
});

test("hostile input causes no unhandled rejection and changes no prototype", async () => {
  await settle();
  // Rejections by the hostile values have their own message, or that of a revoked proxy.
  expect(
    unhandled.filter((error) => !/hostile|revoked/.test(String((error as Error)?.message))),
  ).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
