import type { Engine } from "../contract/engine.js";
import type { Line } from "./line.js";

/** The size of a batch in Sentry's specification (docs/protocol.md#buffering). */
const BATCH = 100;
/** The most metrics of a batch. So many leave immediately, however fast batches follow each other. */
const MAX_BATCH = 1000;
/** Batches are larger for this long after one has left. */
const LOAD_MS = 1000;
/** Smaller batches leave at least this far apart: at most 20 a second. */
const INTERVAL_MS = 50;

/**
 * Decides when a batch is full: with 100 metrics while the application is quiet, and with up to 1000 under load, which
 * makes fewer, larger requests.
 */
export interface Pace {
  /**
   * Milliseconds until the waiting metrics make a full batch, 0 if they do now, `undefined` if only more metrics or the
   * end of a send can change that.
   */
  fullInMs(): number | undefined;
  /** The most metrics that may leave now in one batch, whose departure this begins. */
  depart(): number;
}

/** Makes the pace of one queue, whose `line` waits while the batches of `inFlight` have no answer. */
export function createPace({ monotonicMs }: Engine, line: Line, inFlight: ReadonlySet<unknown>): Pace {
  let departedAtMs = -Infinity;

  function fullInMs(): number | undefined {
    const waiting = line.metrics.length;
    if (waiting >= MAX_BATCH) return 0;
    if (waiting < BATCH || inFlight.size) return undefined;
    // Without the room to wait for a larger batch, none waits.
    return line.isHalfFull() ? 0 : Math.max(0, Math.ceil(departedAtMs + INTERVAL_MS - monotonicMs()));
  }

  function depart(): number {
    const isQuiet = monotonicMs() - departedAtMs > LOAD_MS && !inFlight.size;
    departedAtMs = monotonicMs();
    return isQuiet ? BATCH : MAX_BATCH;
  }

  return { fullInMs, depart };
}

/** Whether the latest of so many waiting metrics may have filled a batch. Spares most calls the decision. */
export const mayBeFull = (waiting: number): boolean => waiting % BATCH === 0;
