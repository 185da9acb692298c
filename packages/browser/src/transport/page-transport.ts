import { readResponse } from "@spanmeter/core";
import type { Transport, TransportOptions, TransportResponse } from "@spanmeter/core";
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
    send([headers, items]) {
      const lines = items.flatMap(([itemHeaders, payload]) => [
        "\n" + JSON.stringify(itemHeaders) + "\n",
        payload instanceof Uint8Array ? (payload as BlobPart) : JSON.stringify(payload),
      ]);
      return post(options, new Blob([JSON.stringify(headers), ...lines]));
    },
    flush: async () => true,
  };
}

/**
 * Sends bytes with `fetch`, and with its `keepalive` flag while the browser has room for it, so that
 * the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no content
 * type, which Relay takes for an envelope (wire.md 2.2). Rejects when the network fails.
 */
export function post(options: PageTransportOptions, body: Blob): Promise<TransportResponse> {
  return withBudget(body.size, async (keepalive) =>
    readResponse(
      await nativeFetch()(options.url, {
        method: "POST",
        body,
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
