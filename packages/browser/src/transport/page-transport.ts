import type { Transport, TransportOptions, TransportResponse } from "@spanmeter/core";
import { withBudget } from "./budget.js";
import { nativeFetch } from "./native-fetch.js";

export interface PageTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ credentials: "include" }` for a tunnel that asks for a login. */
  fetchOptions?: RequestInit;
  /** How long one request may take, in milliseconds. Default: 10 000. */
  timeout?: number;
}

type Answer = Required<TransportResponse>;

type Deliver = (
  options: PageTransportOptions,
  body: string,
) => TransportResponse | Promise<TransportResponse>;

/**
 * The transport of clients on pages. The client itself waits for what is under way and keeps the rate
 * limits; `keepaliveTransport` is the one that does so on its own.
 */
export function pageTransport(options: PageTransportOptions, deliver: Deliver = post): Transport {
  return {
    send: async ([headers, items]) =>
      deliver(
        options,
        // What a client on a page sends is text, or becomes JSON. Not a Blob: a page that ends takes its
        // bytes along before they are read.
        [headers, ...items.flat()]
          .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
          .join("\n"),
      ),
    flush: async () => true,
  };
}

/**
 * Sends a body with `fetch`, and with its `keepalive` flag while the browser has room for it, so that
 * the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no content
 * type and text is `text/plain`; Relay takes both for an envelope (wire.md 2.2). Rejects when the
 * network fails.
 */
export function post(
  options: PageTransportOptions,
  body: string | Uint8Array,
): Promise<TransportResponse> {
  return withBudget(new Blob([body as BlobPart]).size, async (keepalive) => {
    const response = await nativeFetch()(options.url, {
      method: "POST",
      body: body as BodyInit,
      referrerPolicy: "strict-origin",
      headers: options.headers as HeadersInit,
      keepalive,
      // A request that never ends would keep its share of the page's budget.
      signal: AbortSignal.timeout?.(options.timeout ?? 10_000),
      ...options.fetchOptions,
    });
    // Until its body is read, the browser counts the request as under way.
    await response.text();
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers) as Answer["headers"],
    };
  });
}
