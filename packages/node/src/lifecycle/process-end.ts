import type { Lifecycle, Undo } from "@spanmeter/core";
import { holdProcess } from "./hold-process.js";

/** How long the end of a process may wait for what is being sent, in milliseconds. */
export const SHUTDOWN_TIMEOUT_MS = 2000;

/**
 * Sends what waits when a process has nothing left to do. Node announces that again after every bit of
 * work done in its listeners, so one time-out ends the attempts: a dead server costs one wait.
 */
export function flushAtProcessEnd(client: Pick<Lifecycle, "flush">): Undo {
  let busy = false;
  let gaveUp = false;

  const onBeforeExit = async (): Promise<void> => {
    if (busy || gaveUp) return;
    busy = true;
    gaveUp = !(await holdProcess(client.flush(SHUTDOWN_TIMEOUT_MS)).catch(() => false));
    busy = false;
  };
  const listener = (): void => void onBeforeExit();

  process.on("beforeExit", listener);
  return () => process.off("beforeExit", listener);
}
