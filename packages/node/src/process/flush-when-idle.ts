import type { Lifecycle, Undo } from "@spanmeter/core";
import { onProcessEnd } from "./on-process-end.js";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";

/**
 * Sends what waits when a process has nothing left to do. Node announces that again after every bit of
 * work done in its listeners, sends included: it is heeded again only when metrics were recorded
 * since, and no more once a flush ran into its time limit. So a dead server costs one wait.
 *
 * Answers `false` when that ran into the limit.
 */
export function flushWhenIdle(
  client: Lifecycle,
  flush: () => Promise<boolean>,
): () => Promise<boolean> {
  const recorded = (): number => client.stats().recorded;
  let busy = false;
  let gaveUp = false;
  let seen = -1;

  return async () => {
    if (busy || gaveUp || recorded() === seen) return true;
    busy = true;
    seen = recorded();
    gaveUp = !(await flush().catch(() => false));
    busy = false;
    return !gaveUp;
  };
}

/** All that a client needs whose metrics do not leave the machine. */
export function flushAtProcessEnd(client: Lifecycle): Undo {
  const idle = flushWhenIdle(client, () => client.flush(SHUTDOWN_TIMEOUT_MS));
  return onProcessEnd({ idle: () => void idle() });
}
