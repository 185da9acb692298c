/** A clock and timers that a test advances. */
export interface FakeClock {
  /** Milliseconds since the epoch; `jumpTo` changes it. */
  now(): number;
  /** Milliseconds since the clock was created; only `advance` changes it. */
  monotonicMs(): number;
  /** Calls `fn` after `ms`; returns how to cancel it. */
  setTimer(fn: () => void, ms: number): () => void;
  /** The number of timers that are set. */
  readonly timers: number;
  /** Advances the clock, fires due timers in order, and lets promises settle after each one. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock without firing timers, as when a machine's clock is corrected. */
  jumpTo(time: number): void;
}

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/** Resolves after all promises that can settle have settled. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Creates a clock that starts at 2026-01-01T00:00:00Z, so that golden files have readable times. */
export function createFakeClock(start: number = Date.UTC(2026, 0)): FakeClock {
  const timers = new Set<Timer>();
  /** How far `jumpTo` has moved the wall clock away from the timers. */
  let offset = 0;
  let time = start;
  const nextDue = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => time + offset,
    monotonicMs: () => time - start,
    setTimer: (fn, ms) => {
      const timer = { at: time + ms, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get timers() {
      return timers.size;
    },
    advance: async (ms) => {
      const end = time + ms;
      await settle();
      for (let timer = nextDue(end); timer; timer = nextDue(end)) {
        timers.delete(timer);
        time = Math.max(time, timer.at);
        timer.fn();
        await settle();
      }
      time = end;
    },
    jumpTo: (target) => void (offset = target - time),
  };
}
