import { readResponse, serializeEnvelope, withRateLimits } from "@spanmeter/core";
import type { Transport, TransportResponse } from "@spanmeter/core";
import type { FetchTransportOptions } from "../transport/http/fetch-transport.js";
import { timeoutOf } from "../transport/http/timeout.js";
import { untraced } from "../transport/http/untraced.js";
import { exit } from "./edge-runtime.js";

/**
 * Sends each envelope by one `fetch`. A send that was cut off with its request never settles, so this
 * transport remembers none: whoever started a send waits for it.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  const make = (given: FetchTransportOptions): Transport => ({
    send: async (envelope) => post(given, serializeEnvelope(envelope, exit.encodeUtf8)),
    flush: async () => true,
  });
  return withRateLimits(make, exit)(options);
}

async function post(options: FetchTransportOptions, body: Uint8Array): Promise<TransportResponse> {
  const response = await untraced(() =>
    fetch(options.url, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-sentry-envelope", ...options.headers },
      signal: AbortSignal.timeout(timeoutOf(options)),
      ...options.fetchOptions,
    } as RequestInit),
  );
  // An answer that nobody reads keeps its connection; the status is known already.
  (async () => response.body?.cancel())().catch(() => {});
  const { status, headers } = response;
  return readResponse({ status, headers });
}
