import type { CreatePace } from "../contract/pace.js";

/** The size of a batch in Sentry's specification (docs/protocol.md#buffering). */
const BATCH = 100;
/** The most metrics of a batch. */
const MAX_BATCH = 1000;
/** Batches are larger for this long after one has left. */
const LOAD_MS = 1000;
/** Smaller batches leave at least this far apart: at most 20 a second. */
const INTERVAL_MS = 50;

/**
 * One batch after the other, once 100 metrics wait: for platforms whose requests have no room for more. With 1000, or
 * while the queue is half full, batches leave beside others, as far as `maxInFlight` lets them.
 */
export const createPlainPace: CreatePace = (_runtime, line, inFlight) => ({
  fullInMs() {
    const waiting = line.metrics.length;
    const mayLeave = !inFlight.size || waiting >= MAX_BATCH || line.isHalfFull();
    return waiting >= BATCH && mayLeave ? 0 : undefined;
  },
  depart: () => MAX_BATCH,
});

/**
 * A batch is full with 100 metrics while the application is quiet, and with up to 1000 under load, which makes fewer,
 * larger requests. 1000 leave immediately, however fast batches follow each other.
 */
export const createLoadPace: CreatePace = ({ monotonicMs }, line, inFlight) => {
  let departedAtMs = -Infinity;

  function fullInMs(): number | undefined {
    const waiting = line.metrics.length;
    if (waiting >= MAX_BATCH) return 0;
    if (waiting < BATCH || inFlight.size) return undefined;
    return line.isHalfFull()
      ? 0
      : Math.max(0, Math.ceil(departedAtMs + INTERVAL_MS - monotonicMs()));
  }

  function depart(): number {
    const isQuiet = monotonicMs() - departedAtMs > LOAD_MS && !inFlight.size;
    departedAtMs = monotonicMs();
    return isQuiet ? BATCH : MAX_BATCH;
  }

  return { fullInMs, depart };
};

/** Whether the latest of so many waiting metrics may have filled a batch. Spares most calls the decision. */
export const mayBeFull = (waiting: number): boolean => waiting % BATCH === 0;
