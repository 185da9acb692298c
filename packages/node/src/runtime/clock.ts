/** Taken when this module is loaded. No library of fake timers replaces it, unlike `performance.now`. */
const uptime = globalThis.process?.uptime;

/** Milliseconds since the process began, the same in all of its threads: for deadlines. */
export const monotonicMs = (): number =>
  uptime ? uptime.call(process) * 1000 : globalThis.performance.now();

/** The time at which the monotonic clock was at 0, in milliseconds since the epoch. */
const startedAt = new Date().getTime() - monotonicMs();

/**
 * Milliseconds since the epoch, for timestamps alone: it may jump. Tests replace `Date.now`, some by a
 * function that throws or returns nothing; then the time goes on from the one at which this was loaded.
 */
export function now(): number {
  try {
    const read: unknown = Date.now();
    if (Number.isFinite(read)) return read as number;
  } catch {
    // Replaced by a function that throws.
  }
  return startedAt + monotonicMs();
}
