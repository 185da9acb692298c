import type { Lifecycle, Undo } from "@spanmeter/core";

/** How long the end of a process may wait for what is being sent, in milliseconds. */
const SHUTDOWN_TIMEOUT_MS = 2000;

/**
 * Sends what waits when a process has nothing left to do. Node announces that again after every bit of
 * work done in its listeners, sends included: it is heeded again only when metrics were `recorded`
 * since, and no more once a flush ran into its time limit. So a dead server costs one wait.
 */
export function flushAtProcessEnd(client: Pick<Lifecycle, "flush">, recorded: () => number): Undo {
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

const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

/** One listener on the process for all clients: node warns of a leak above ten. */
function onBeforeExit(listener: () => void): Undo {
  if (listeners.size === 0) process.on("beforeExit", announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) process.off("beforeExit", announce);
  };
}
