import { createFakeClock, settle } from "@spanmeter/testing";
import { expect, test } from "vitest";
import { setDeadline, withTimeout, type Timers } from "../../src/index.js";

test("a deadline fires once, when its time has passed and not before", async () => {
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

test.each([99, 100])("a deadline undone after %i ms never fires", async (ms) => {
  const clock = createFakeClock();
  let calls = 0;
  const undo = setDeadline(() => calls++, 100, clock);
  await clock.advance(Math.min(ms, 99));
  undo();
  await clock.advance(10_000);
  expect(calls).toBe(0);
  expect(clock.timers).toBe(0);
});

/** Timers of a blocked event loop: when the first timer fires, `blockedMs` have passed. */
function blockEventLoop(blockedMs: number): { timers: Timers; fire(): void; delays: number[] } {
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
])("when a timer of 100 ms fires after %i ms, the deadline waits %i ms more", (ms, grace) => {
  const { timers, fire, delays } = blockEventLoop(ms);
  let calls = 0;
  setDeadline(() => calls++, 100, timers);
  fire();
  expect([calls, delays]).toEqual([0, [100, grace]]);
  fire();
  expect(calls).toBe(1);
});

test("an answer that arrived while the event loop was blocked counts", async () => {
  const { timers, fire } = blockEventLoop(12_000);
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
