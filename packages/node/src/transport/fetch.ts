import { fetchTransport as createFetchTransport } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
import { untraced } from "../context/untraced.js";
import { exit } from "./exit.js";

export interface FetchTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ dispatcher }` for an agent of undici's. */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
}

/**
 * Sends each envelope with node's `fetch`. {@link httpTransport} also compresses and finds proxies;
 * this one is for an application that has set up `fetch` in its own way.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  return createFetchTransport({
    ...options,
    exit,
    fetch: (url, init) => untraced(() => globalThis.fetch(url, init as RequestInit)),
  });
}
