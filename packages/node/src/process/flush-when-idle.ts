import type { Lifecycle, Undo } from "@spanmeter/core";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";
import { onProcessEnd } from "./on-process-end.js";

/**
 * Sends pending metrics when a process has nothing left to do. Node repeats `beforeExit` after all work
 * that its listeners start, sends included. So this flushes again only when metrics were recorded since,
 * and never again after a flush timed out: a dead server costs one wait.
 *
 * The returned function resolves with `false` when the flush timed out.
 */
export function flushWhenIdle(
  client: Lifecycle,
  flush: () => Promise<boolean>,
): () => Promise<boolean> {
  let isFlushing = false;
  let hasTimedOut = false;
  let recordedBefore = -1;

  return async function flushIfNeeded() {
    const { recorded } = client.stats();
    if (isFlushing || hasTimedOut || recorded === recordedBefore) return true;
    isFlushing = true;
    recordedBefore = recorded;
    hasTimedOut = !(await flush().catch(() => false));
    isFlushing = false;
    return !hasTimedOut;
  };
}

/** Flushes a client at a natural end. Enough for a client whose metrics do not leave the machine. */
export function flushAtProcessEnd(client: Lifecycle): Undo {
  const flushIfNeeded = flushWhenIdle(client, () => client.flush(SHUTDOWN_TIMEOUT_MS));
  return onProcessEnd({ onIdle: () => void flushIfNeeded() });
}
