import { createTransport, readResponse } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
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
 * Sends each envelope with `fetch`, and with its `keepalive` flag while the browser has room for it,
 * so that the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no
 * content type, which Relay takes for an envelope (wire.md 2.2). Rejects when the network fails.
 */
export function pageTransport(options: PageTransportOptions): Transport {
  return createTransport(
    (body) =>
      withBudget(body.byteLength, async (keepalive) =>
        readResponse(
          await nativeFetch()(options.url, {
            method: "POST",
            body: body as BodyInit,
            referrerPolicy: "strict-origin",
            headers: options.headers as HeadersInit,
            keepalive,
            // A request that never ends would keep its share of the page's budget.
            signal: AbortSignal.timeout?.(options.timeout ?? 10_000),
            ...options.fetchOptions,
          }),
        ),
      ),
    exit,
  );
}
