import type { Envelope, Transport, TransportResponse, Undo } from "@spanmeter/core";
import { SHUTDOWN_TIMEOUT_MS } from "../options/shutdown-timeout.js";
import { keepAliveWhile } from "../runtime/keep-alive-while.js";
import { onProcessEnd } from "./on-process-end.js";

/**
 * Waits up to two seconds for pending sends at a natural end of the process. Sentry's SDKs rely on the
 * sockets of their transport to keep the process alive; our sockets never do.
 */
export function withExitFlush(transport: Transport): Transport {
  let pendingSends = 0;
  let undo: Undo | undefined;

  function flush(timeoutMs?: number): Promise<boolean> {
    return keepAliveWhile(transport.flush(timeoutMs));
  }

  function stopListening(): void {
    undo?.();
    undo = undefined;
  }

  function flushOnce(): void {
    stopListening();
    void flush(SHUTDOWN_TIMEOUT_MS);
  }

  async function send(envelope: Envelope): Promise<TransportResponse> {
    undo ??= onProcessEnd({ onIdle: flushOnce });
    pendingSends += 1;
    try {
      return await transport.send(envelope);
    } finally {
      pendingSends -= 1;
      if (pendingSends === 0) stopListening();
    }
  }

  return { send, flush };
}
