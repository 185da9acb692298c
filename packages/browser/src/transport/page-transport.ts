import { readResponse, serializeEnvelope } from "@spanmeter/core";
import type { Transport, TransportOptions, TransportResponse } from "@spanmeter/core";
import { exit } from "./exit.js";
import { nativeFetch } from "./native-fetch.js";
import { withBudget } from "./budget.js";

export interface PageTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ credentials: "include" }` for a tunnel that asks for a login. */
  fetchOptions?: RequestInit;
  /** How long one request may take, in milliseconds. Default: 10 000. */
  timeout?: number;
}

/**
 * The transport of clients on pages. The client itself waits for what is under way and keeps the rate
 * limits; `keepaliveTransport` is the one that does so on its own.
 */
export function pageTransport(options: PageTransportOptions): Transport {
  return {
    send: async (envelope) => post(options, serializeEnvelope(envelope, exit.encodeUtf8)),
    flush: async () => true,
  };
}

/**
 * Sends bytes with `fetch`, and with its `keepalive` flag while the browser has room for it, so that
 * the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no content
 * type, which Relay takes for an envelope (wire.md 2.2). Rejects when the network fails.
 */
export function post(options: PageTransportOptions, body: Uint8Array): Promise<TransportResponse> {
  return withBudget(body.byteLength, async (keepalive) =>
    readResponse(
      await nativeFetch()(options.url, {
        method: "POST",
        // Not a Blob: a page that ends takes the bytes of one along before they are read.
        body: body as BodyInit,
        referrerPolicy: "strict-origin",
        headers: options.headers as HeadersInit,
        keepalive,
        // A request that never ends would keep its share of the page's budget.
        signal: AbortSignal.timeout?.(options.timeout ?? 10_000),
        ...options.fetchOptions,
      }),
    ),
  );
}
