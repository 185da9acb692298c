import { createFakePlatform, type FakePlatform } from "@spanmeter/testing";
import { expect, test } from "vitest";
import type { PlatformRuntime } from "../../src/index.js";
import { createGuard } from "../../src/engine/guard.js";
import { createRuntime } from "../../src/engine/runtime.js";

interface Setup extends FakePlatform {
  readonly runtime: PlatformRuntime;
  readonly counted: { platformErrors: number };
  readonly logged: string[];
}

/** A runtime on a fake platform; `overrides` replaces some of its functions. */
function setUp(overrides: Partial<PlatformRuntime> = {}): Setup {
  const fake = createFakePlatform();
  const counted = { platformErrors: 0 };
  const logged: string[] = [];
  const guard = createGuard(counted, (text) => void logged.push(text));
  return {
    ...fake,
    counted,
    logged,
    runtime: createRuntime({ ...fake.platform, ...overrides }, guard),
  };
}

const INVALID = [undefined, null, NaN, Infinity, -1, "1767225600000", 10n, {}, 1e15];

test.each(INVALID)("a clock that returns %o is replaced by the elapsed time", async (value) => {
  let isBroken = false;
  const setup = setUp();
  const { clock } = setup;
  const { runtime } = setUp({
    now: () => (isBroken ? (value as number) : clock.now()),
    monotonicMs: () => clock.monotonicMs(),
  });
  const start = runtime.now();
  isBroken = true;
  await clock.advance(1234);
  expect(runtime.now()).toBe(start + 1234);
});

test("a clock that never worked is replaced by new Date()", () => {
  const before = new Date().getTime();
  const { runtime } = setUp({ now: () => undefined as unknown as number });
  expect(runtime.now()).toBeGreaterThanOrEqual(before);
  expect(runtime.now()).toBeLessThanOrEqual(new Date().getTime());
});

test.each(INVALID)("a monotonic clock that returns %o keeps its last value", (value) => {
  const { runtime } = setUp({ monotonicMs: () => value as number });
  const before = runtime.monotonicMs();
  expect(Number.isFinite(before)).toBe(true);
  expect(runtime.monotonicMs()).toBe(before);
});

test("a monotonic clock that goes back keeps its last value meanwhile", () => {
  let time = 1000;
  const { runtime } = setUp({ monotonicMs: () => time });
  expect(runtime.monotonicMs()).toBe(1000);
  time = 10;
  expect(runtime.monotonicMs()).toBe(1000);
  time = 1500;
  expect(runtime.monotonicMs()).toBe(1500);
});

test.each([undefined, NaN, 1, -0.1, "half"])(
  "a random function that returns %o is replaced by 0.5",
  (value) => {
    expect(setUp({ random: () => value as number }).runtime.random()).toBe(0.5);
  },
);

test("every exception of the platform is counted and passed to the logger, and never to the caller", () => {
  const fail = (): never => {
    throw new Error("not here");
  };
  const { runtime, counted, logged } = setUp({
    random: fail,
    setTimer: fail,
    encodeUtf8: fail,
  });
  for (let i = 0; i < 3; i++) {
    expect(runtime.random()).toBe(0.5);
    expect(() => runtime.setTimer(() => {}, 1)()).not.toThrow();
    expect(runtime.encodeUtf8("a")).toEqual(new Uint8Array([97]));
  }
  expect(counted.platformErrors).toBe(9);
  expect(logged).toHaveLength(9);
});

test("exceptions from a timer's callback, or from undoing a timer, do not reach the caller", async () => {
  const { runtime, clock, counted } = setUp();
  runtime.setTimer(() => {
    throw new Error("from the callback");
  }, 5);
  await clock.advance(5);
  expect(counted.platformErrors).toBe(1);
  // Timers of jsdom are numbers.
  const { runtime: other } = setUp({ setTimer: () => 5 as unknown as () => void });
  expect(() => other.setTimer(() => {}, 1)()).not.toThrow();
});

test.each([
  "",
  "plain",
  "\u20ac \ud83d\ude00 \u00e9",
  "\ud800 alone",
  "alone \udc00",
  "\udc00\ud800",
])("without a working encoder, text is encoded like TextEncoder does: %j", (text) => {
  const { runtime } = setUp({ encodeUtf8: () => undefined as unknown as Uint8Array });
  expect(runtime.encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
});
