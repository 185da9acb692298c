import { readResponse, serializeEnvelope, withRateLimits } from "@spanmeter/core";
import type { Envelope, Transport, TransportResponse } from "@spanmeter/core";
import type { FetchTransportOptions } from "../transport/http/fetch-transport.js";
import { timeoutOf } from "../transport/http/timeout.js";
import { untraced } from "../transport/http/untraced.js";
import { edgeRuntime } from "./edge-runtime.js";

/**
 * Sends each envelope by one `fetch`, in an edge runtime. A send that was cut off with its request never
 * settles, so this transport tracks none: whoever started a send waits for it.
 */
export function fetchTransport(options: FetchTransportOptions): Transport {
  return withRateLimits(createFetchTransport, edgeRuntime)(options);
}

function createFetchTransport(options: FetchTransportOptions): Transport {
  async function send(envelope: Envelope): Promise<TransportResponse> {
    return post(options, serializeEnvelope(envelope, edgeRuntime.encodeUtf8));
  }
  async function flush(): Promise<boolean> {
    return true;
  }
  return { send, flush };
}

async function post(options: FetchTransportOptions, body: Uint8Array): Promise<TransportResponse> {
  const response = await untraced(callFetch, options.url, {
    method: "POST",
    body: body as Uint8Array<ArrayBuffer>,
    headers: { "content-type": "application/x-sentry-envelope", ...options.headers },
    signal: AbortSignal.timeout(timeoutOf(options)),
    ...options.fetchOptions,
  });
  // An unread body would occupy its connection; the status is already known.
  (async () => response.body?.cancel())().catch(() => {});
  const { status, headers } = response;
  return readResponse({ status, headers });
}

function callFetch(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init);
}
