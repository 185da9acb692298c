/** A clock and its timers, moved by hand. */
export interface FakeClock {
  /** Milliseconds since the epoch; `jumpTo` changes it. */
  now(): number;
  /** Milliseconds since the clock was made; only `advance` changes it. */
  monotonicMs(): number;
  setTimer(fn: () => void, ms: number): () => void;
  /** How many timers are set. */
  readonly timers: number;
  /** Moves on, firing what is due in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Sets the time without firing anything, as when a machine's clock is corrected. */
  jumpTo(time: number): void;
}

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/** Lets every promise that can settle do so. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Starts at 2026-01-01T00:00:00Z, a whole second, so that golden files read well. */
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
