import type { Lifecycle, Undo } from "@spanmeter/core";
import { onBeforeExit, SHUTDOWN_TIMEOUT_MS } from "../before-exit.js";

/**
 * Sends what waits when a process has nothing left to do. Node announces that again after every bit of
 * work done in its listeners, sends included: it is heeded again only when metrics were recorded
 * since, and no more once a flush ran into its time limit. So a dead server costs one wait.
 */
export function flushAtProcessEnd(client: Lifecycle): Undo {
  const recorded = (): number => client.stats().recorded;
  let busy = false;
  let gaveUp = false;
  let seen = -1;

  async function flush(): Promise<void> {
    if (busy || gaveUp || recorded() === seen) return;
    busy = true;
    seen = recorded();
    gaveUp = !(await client.flush(SHUTDOWN_TIMEOUT_MS).catch(() => false));
    busy = false;
  }
  return onBeforeExit(() => void flush());
}
