import type { Envelope, Transport, TransportOptions } from "@spanmeter/core";
import { httpTransportWithoutExitFlush } from "./http-transport.js";

/** The longest time that a flush waits for the explorer on this machine, in milliseconds. */
const MAX_FLUSH_MS = 500;

/**
 * The transport to a local explorer. It never uses a proxy of the environment, and its flush waits for
 * half a second at most.
 */
export function spotlightTransport(options: TransportOptions): Transport {
  const transport = httpTransportWithoutExitFlush({ ...options, proxy: false });
  return {
    send: (envelope: Envelope) => transport.send(envelope),
    flush: (timeoutMs) => transport.flush(Math.min(timeoutMs || MAX_FLUSH_MS, MAX_FLUSH_MS)),
  };
}
