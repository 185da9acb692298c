import { URL } from "node:url";
import { environment } from "../../options/environment.js";
import type { HttpTransportOptions } from "../../options/http-settings.js";
import { GZIP_FROM_BYTES, gzip } from "./gzip.js";
import type { Gzip } from "./gzip.js";
import { post } from "./post.js";
import type { HttpResponse } from "./post.js";
import { releasePayload } from "../../runtime/buffer-pool.js";
import { findProxy } from "../proxy/proxy.js";
import { createRoute } from "./route.js";
import type { Route } from "./route.js";
import { timeoutOf } from "./timeout.js";
import { untraced } from "./untraced.js";

/** Sends the bytes of one envelope. Rejects when no answer comes in time. */
export type SendBody = (body: Uint8Array) => Promise<HttpResponse>;

/**
 * Makes the function that compresses a body and posts it. Never throws: with an invalid URL or proxy each
 * send rejects with an error that says how to fix it.
 *
 * `maxTimeout` returns the longest time for one request, in milliseconds, whatever the options say. What `compress`
 * returns may be in a pooled buffer, which is used again after the answer, once it has left.
 */
export function createSender(
  options: HttpTransportOptions,
  maxTimeout: () => number = () => Infinity,
  compress: Gzip = gzip,
): SendBody {
  // Made at the first send: loading node's network modules is most of what a cold start would cost.
  let route: Route | undefined;
  const timeoutMs = timeoutOf(options);
  const plain = { "content-type": "application/x-sentry-envelope", ...options.headers };
  const gzipped = {
    "content-type": "application/x-sentry-envelope",
    "content-encoding": "gzip",
    ...options.headers,
  };

  return async function sendBody(body) {
    route ??= routeOf(options);
    const timeout = Math.min(timeoutMs, maxTimeout());
    if (body.length < GZIP_FROM_BYTES)
      return untraced(post, { route, headers: plain, body, timeout });
    const compressed = await compress(body);
    // A buffer that a failed request may still read is left to the garbage collection.
    const onWritten = (): void => releasePayload(compressed);
    return untraced(post, { route, headers: gzipped, body: compressed, timeout, onWritten });
  };
}

function routeOf(options: HttpTransportOptions): Route {
  const target = targetOf(options.url);
  const proxy = findProxy(target, options.proxy, environment());
  const { caCerts, keepAlive = true } = options;
  return createRoute(target, { proxy, caCerts, keepAlive, timeout: timeoutOf(options) });
}

function targetOf(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target && /^https?:$/.test(target.protocol)) return target;
  throw new Error(`httpTransport cannot send to "${url}": a full http or https URL is needed.`);
}
