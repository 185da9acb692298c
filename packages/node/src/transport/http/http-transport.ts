import { URL } from "node:url";
import { createTransport, withRateLimits } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
import { environment } from "../../options/environment.js";
import type { HttpSettings } from "../../options/http-settings.js";
import { giveBack } from "../../runtime/buffer-pool.js";
import { afterThisTurn } from "../../runtime/timers.js";
import { bodyOf } from "./body.js";
import { exit } from "../../runtime/node-runtime.js";
import { untilExit } from "../../process/with-exit-flush.js";
import { untraced } from "./untraced.js";
import { GZIP_FROM_BYTES, gzip } from "./gzip.js";
import { post } from "./post.js";
import type { HttpResponse } from "./post.js";
import { findProxy } from "./proxy.js";
import { createRoute } from "./route.js";
import type { Route } from "./route.js";
import { timeoutOf } from "./timeout.js";

export interface HttpTransportOptions extends TransportOptions, Omit<HttpSettings, "headers"> {}

/**
 * Sends envelopes over HTTP or HTTPS: connections are kept open, bodies from 1 KiB up are gzipped off
 * the main thread, proxies are honoured, and nothing of it keeps a process alive or shows up in traces.
 *
 * The default in node. Fits `Sentry.init({ transport: httpTransport })` of `@sentry/node` 8 to 11 too.
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  return untilExit(copyTransport(options));
}

/** Copies what it sends, and does not hold up the end of a process. */
export function copyTransport(options: HttpTransportOptions): Transport {
  const make = (given: HttpTransportOptions): Transport =>
    createTransport(createRequest(given), exit);
  return withRateLimits(make, exit)(options);
}

/**
 * Sends as {@link httpTransport} does, for a client that looks after what is under way when the process ends, and reads an envelope
 * no more once its send has settled: its memory is used again.
 */
export function requestTransport(options: HttpTransportOptions): Transport {
  return withRateLimits((given: HttpTransportOptions) => {
    const request = createRequest(given);
    return createTransport(
      // Whoever waits for the answer has its turn first.
      (body) => request(body).finally(() => afterThisTurn(() => giveBack(body))),
      exit,
      bodyOf,
    );
  }, exit)(options);
}

function createRequest(options: HttpTransportOptions): (body: Uint8Array) => Promise<HttpResponse> {
  // Made at the first send: node's network modules are most of what a cold start would cost. A wrong
  // URL or proxy rejects each send with what to mend, and never throws into the application.
  let route: Route | undefined;
  const timeout = timeoutOf(options);
  return async (body) => {
    const to = (route ??= routeOf(options));
    const compressed = body.length >= GZIP_FROM_BYTES;
    const sent = compressed ? await gzip(body) : body;
    const headers = {
      "content-type": "application/x-sentry-envelope",
      ...(compressed && { "content-encoding": "gzip" }),
      ...options.headers,
    };
    return untraced(() => post(to, headers, sent, timeout));
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
