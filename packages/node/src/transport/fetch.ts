import { fetchTransport as createFetchTransport } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
import { untraced } from "./untraced.js";
import { exit } from "./exit.js";
import { timeoutOf } from "./timeout.js";

export interface FetchTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ dispatcher }` for an agent of undici's. */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
  /** How long one request may take in all, in milliseconds. Default: 10 000. */
  readonly timeout?: number;
}

/**
 * Sends each envelope with node's `fetch`. {@link httpTransport} also compresses, finds proxies and
 * lets the process end meanwhile; this one is for an application that has set up `fetch` in its way.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  const timeout = timeoutOf(options);
  return createFetchTransport({
    ...options,
    exit,
    fetch: (url, init) =>
      untraced(() =>
        globalThis.fetch(url, { signal: AbortSignal.timeout(timeout), ...init } as RequestInit),
      ),
  });
}
