/** Taken when this module is loaded. No library of fake timers replaces it, unlike `performance.now`. */
const uptime = globalThis.process?.uptime;

/** Milliseconds since the process began, the same in all of its threads: for deadlines. */
export const monotonicMs = (): number =>
  uptime ? uptime.call(process) * 1000 : globalThis.performance.now();

/** When the monotonic clock read 0, by the last look at a clock that made sense. */
let startedAt = 0;

/**
 * Milliseconds since the epoch, for timestamps alone: it may jump. Tests replace `Date.now`, some by a
 * function that throws or returns nothing; then the time goes on from the last one that was read.
 */
export function now(): number {
  const read = readDate();
  if (!Number.isFinite(read)) return startedAt + monotonicMs();
  startedAt = read - monotonicMs();
  return read;
}

function readDate(): number {
  try {
    const read: unknown = Date.now();
    // `new Date()` still works where `Date.now` was replaced, and once is enough.
    return Number.isFinite(read) ? (read as number) : startedAt ? NaN : new Date().getTime();
  } catch {
    return NaN;
  }
}
