import type { Transport, TransportOptions } from "@spanmeter/core";
import { copyTransport } from "./http-transport.js";

/** How long a flush waits for the explorer, which is on this machine. In milliseconds. */
const MAX_FLUSH_MS = 500;

/** The transport to a local explorer: no proxy of the environment leads to it, and no end waits long for it. */
export function spotlightTransport(options: TransportOptions): Transport {
  const transport = copyTransport({ ...options, proxy: false });
  return {
    send: (envelope) => transport.send(envelope),
    flush: (timeoutMs) => transport.flush(Math.min(timeoutMs || MAX_FLUSH_MS, MAX_FLUSH_MS)),
  };
}
