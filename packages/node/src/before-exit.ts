import type { Undo } from "@spanmeter/core";

/** How long the end of a process may wait for what is being sent, in milliseconds. */
export const SHUTDOWN_TIMEOUT_MS = 2000;

const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

/**
 * Calls when the process has nothing left to do, and again after all work done then. There is one
 * listener on the process for all: node warns of a leak above ten.
 */
export function onBeforeExit(listener: () => void): Undo {
  if (listeners.size === 0) process.on("beforeExit", announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) process.off("beforeExit", announce);
  };
}
