import { currentSignal } from "./cancellation.js";

/** The longest that a computation keeps the event loop, in milliseconds. */
const SLICE_MS = 15;

/** The pauses of a long computation, in which the process receives and answers other requests. */
export interface Slices {
  /** Yields to the event loop when it is time to. Rejects when nobody waits for the answer any more. */
  rest(): Promise<void>;
}

/**
 * Creates the pauses of a computation, which ends early with the signal.
 * @param signal - the signal of the running task by default
 */
export function createSlices(signal: AbortSignal | undefined = currentSignal()): Slices {
  let sinceMs = performance.now();
  return {
    async rest() {
      if (performance.now() - sinceMs < SLICE_MS) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      sinceMs = performance.now();
    },
  };
}
