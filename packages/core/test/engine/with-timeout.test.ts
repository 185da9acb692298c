import { createFakeClock, settle } from "@spanmeter/testing";
import { expect, test } from "vitest";
import { setDeadline, withTimeout, type Timers } from "../../src/index.js";

test("a deadline is met when its time has passed, and not before", async () => {
  const clock = createFakeClock();
  let calls = 0;
  setDeadline(() => calls++, 100, clock);
  await clock.advance(99);
  expect(calls).toBe(0);
  await clock.advance(1);
  expect(calls).toBe(1);
  await clock.advance(10_000);
  expect(calls).toBe(1);
});

test.each([99, 100])("a deadline undone after %i ms is never met", async (ms) => {
  const clock = createFakeClock();
  let calls = 0;
  const undo = setDeadline(() => calls++, 100, clock);
  await clock.advance(Math.min(ms, 99));
  undo();
  await clock.advance(10_000);
  expect(calls).toBe(0);
  expect(clock.timers).toBe(0);
});

/** An event loop that was blocked: by the time a timer of 100 ms fires, `blockedMs` have passed. */
function blocked(blockedMs: number): { timers: Timers; fire(): void; delays: number[] } {
  const clock = createFakeClock();
  const waiting: (() => void)[] = [];
  const delays: number[] = [];
  let now = 0;
  return {
    delays,
    timers: {
      ...clock,
      monotonicMs: () => now,
      setTimer(fn, ms) {
        delays.push(ms);
        waiting.push(fn);
        return () => {};
      },
    },
    fire() {
      now = Math.max(now, blockedMs);
      waiting.shift()?.();
    },
  };
}

test.each([
  [100, 0],
  [130, 30],
  [12_000, 1000],
])("a timer of 100 ms that fires after %i ms leaves answers %i ms to be read", (ms, grace) => {
  const { timers, fire, delays } = blocked(ms);
  let calls = 0;
  setDeadline(() => calls++, 100, timers);
  fire();
  expect([calls, delays]).toEqual([0, [100, grace]]);
  fire();
  expect(calls).toBe(1);
});

test("an answer that came while the event loop was blocked counts", async () => {
  const { timers, fire } = blocked(12_000);
  let answer: (text: string) => void = () => {};
  const result = withTimeout(
    new Promise<string>((resolve) => (answer = resolve)),
    100,
    "late",
    timers,
  );
  fire();
  answer("in time");
  await settle();
  fire();
  expect(await result).toBe("in time");
});
