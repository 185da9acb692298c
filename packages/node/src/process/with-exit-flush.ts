import type { Transport, Undo } from "@spanmeter/core";
import { onProcessEnd } from "./on-process-end.js";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";
import { whileHeldOpen } from "../runtime/keep-alive.js";

/**
 * Gives sends that are under way when the process ends up to two seconds. Sentry's SDKs leave that to
 * the sockets of their transport, which keep a process alive; ours never do.
 */
export function untilExit(transport: Transport): Transport {
  const flush = (timeout?: number): Promise<boolean> => whileHeldOpen(transport.flush(timeout));
  let underWay = 0;
  let undo: Undo | undefined;

  function forget(): void {
    undo?.();
    undo = undefined;
  }
  function waitOnce(): void {
    forget();
    void flush(SHUTDOWN_TIMEOUT_MS);
  }
  return {
    async send(envelope) {
      undo ??= onProcessEnd({ idle: waitOnce });
      underWay += 1;
      try {
        return await transport.send(envelope);
      } finally {
        underWay -= 1;
        if (underWay === 0) forget();
      }
    },
    flush,
  };
}
