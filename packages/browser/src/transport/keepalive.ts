import { createTransport, readResponse } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
import { exit } from "./exit.js";
import { withBudget } from "./budget.js";

export interface KeepaliveTransportOptions extends TransportOptions {
  /** Laid over each request, e.g. `{ credentials: "include" }` for a tunnel that asks for a login. */
  fetchOptions?: RequestInit;
}

/**
 * Sends each envelope with `fetch`, and with its `keepalive` flag while the browser has room for it,
 * so that the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no
 * content type, which Relay takes for an envelope (wire.md 2.2). Rejects when the network fails.
 */
export function keepaliveTransport(options: KeepaliveTransportOptions): Transport {
  const request = (body: Uint8Array) =>
    withBudget(body.byteLength, async (keepalive) => {
      const response = await nativeFetch()(options.url, {
        method: "POST",
        body: body as BodyInit,
        referrerPolicy: "strict-origin",
        headers: options.headers ?? {},
        keepalive,
        ...options.fetchOptions,
      });
      return readResponse(response);
    });
  return createTransport(options, request, exit);
}

/**
 * A Sentry SDK on the page wraps `fetch` to make spans, breadcrumbs and a `sentry-trace` header of
 * each request; on ours that header would cost a preflight that Relay refuses (wire.md 2.4). The SDK
 * leaves the original under this name, in 8 to 11.
 */
function nativeFetch(): typeof fetch {
  const found = globalThis.fetch as WrappedFetch | undefined;
  if (!found) throw new Error("Spanmeter cannot send: there is no `fetch` here.");
  return found.__sentry_original__ ?? found;
}

type WrappedFetch = typeof fetch & { __sentry_original__?: typeof fetch };
