import { AsyncLocalStorage } from "node:async_hooks";
import {
  beforeSend,
  createLoadPace,
  waitForSentry,
  openTelemetry,
  sampling,
  sentry,
  serverSentry,
  spotlight,
  trimming,
  volume,
  type AttributeMap,
  type Part,
  type Platform,
  type ScopeLike,
  type TransportFactory,
} from "@spanmeter/core";
import { createFakeClock, type FakeClock } from "./fake-clock.js";
import { createFakeTransport, type FakeTransport } from "./fake-transport.js";

/** One call of the fake console. */
export interface FakeLine {
  readonly level: "log" | "warn" | "error";
  readonly text: string;
}

/** A platform with a fake clock, and transports and a console that record. */
export interface FakePlatform {
  readonly platform: Platform;
  readonly clock: FakeClock;
  readonly transport: FakeTransport;
  /** The transport for copies to a local explorer. */
  readonly spotlight: FakeTransport;
  /** Lines written to the console. */
  readonly lines: readonly FakeLine[];
}

/** Creates a platform for one test; `overrides` replaces parts of it. */
export function createFakePlatform(overrides: Partial<Platform> = {}): FakePlatform {
  const clock = createFakeClock();
  const transport = createFakeTransport();
  const copies = createFakeTransport();
  const lines: FakeLine[] = [];
  const logger =
    (level: FakeLine["level"]) =>
    (...data: unknown[]): void =>
      void lines.push({ level, text: data.map(String).join(" ") });
  const encoder = new TextEncoder();
  const platform: Platform = {
    sdkName: "spanmeter.javascript.fake",
    ingestSettings: false,
    development: false,
    global: {},
    console: { log: logger("log"), warn: logger("warn"), error: logger("error") },
    defaults: {
      maxQueueItems: 10_000,
      maxQueueBytes: 4 * 1024 * 1024,
      maxInFlight: 4,
    },
    maxEnvelopeBytes: 512 * 1024,
    createPace: createLoadPace,
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    random: seededRandom(1),
    retries: { longestPauseMs: 30_000, maxUnanswered: Infinity },
    setTimer: (fn, ms) => clock.setTimer(fn, ms),
    encodeUtf8: (text) => encoder.encode(text),
    createAttributeContext: () => {
      const storage = new AsyncLocalStorage<AttributeMap>();
      return {
        run: (attributes, fn) => storage.run(attributes, fn),
        current: () => storage.getStore(),
      };
    },
    transport: transport.factory,
    parts: allParts({ spotlight: copies.factory }),
    ...overrides,
  };
  return { platform, clock, transport, spotlight: copies, lines };
}

/** Every part of core. */
export function allParts({
  readMoment,
  spotlight: makeTransport = createFakeTransport().factory,
}: {
  /** Attributes by the current Sentry scope. */
  readonly readMoment?: (scope: ScopeLike) => object | undefined;
  readonly spotlight?: TransportFactory;
} = {}): readonly Part[] {
  return [
    readMoment ? sentry(readMoment) : serverSentry(),
    openTelemetry(),
    sampling(),
    beforeSend(),
    trimming(),
    volume(),
    waitForSentry(),
    spotlight(makeTransport),
  ];
}

/** Returns a random function with the same numbers in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
