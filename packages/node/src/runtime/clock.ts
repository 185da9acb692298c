/** Read when this module is loaded. Libraries of fake timers replace `performance.now`, but not this. */
const uptime = globalThis.process?.uptime;

/** Milliseconds since the process began, equal in all of its threads. For deadlines. */
export const monotonicMs = (): number =>
  uptime ? uptime.call(process) * 1000 : globalThis.performance.now();

/** The wall clock at the moment when the monotonic clock was 0, in milliseconds since the epoch. */
const startedAtMs = new Date().getTime() - monotonicMs();

/**
 * Milliseconds since the epoch. For timestamps only: it may jump. Some tests replace `Date.now` by a
 * function that throws or returns nothing; then this goes on by the monotonic clock.
 */
export function now(): number {
  try {
    const read: unknown = Date.now();
    if (Number.isFinite(read)) return read as number;
  } catch {
    // Replaced by a function that throws.
  }
  return startedAtMs + monotonicMs();
}
