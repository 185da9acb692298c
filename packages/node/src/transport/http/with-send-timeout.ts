import { withTimeout } from "@spanmeter/core";
import type { Envelope, Transport, TransportResponse } from "@spanmeter/core";
import { nodeRuntime } from "../../runtime/node-runtime.js";

const LATE = Symbol("late");

/**
 * Rejects a send without an answer in time. For a transport of the application, which may never answer:
 * the client sends such an envelope again, so the first send must not stay pending.
 *
 * `sendTimeout` returns how long the client waits for an answer, in milliseconds.
 */
export function withSendTimeout(transport: Transport, sendTimeout: () => number): Transport {
  /** Turns an error that the transport throws into a rejection. */
  async function sendNow(envelope: Envelope): Promise<TransportResponse | undefined> {
    return transport.send(envelope);
  }

  async function send(envelope: Envelope): Promise<TransportResponse> {
    const timeoutMs = sendTimeout();
    const response = await withTimeout<TransportResponse | undefined | typeof LATE>(
      sendNow(envelope),
      timeoutMs,
      LATE,
      nodeRuntime,
    );
    if (response === LATE) throw new Error(`The server did not answer within ${timeoutMs} ms.`);
    return response ?? {};
  }

  async function flush(timeoutMs?: number): Promise<boolean> {
    return transport.flush(timeoutMs);
  }

  return { send, flush };
}
