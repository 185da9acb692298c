import { URL } from "node:url";
import { createTransport, withRateLimits } from "@spanmeter/core";
import type { Transport, TransportOptions } from "@spanmeter/core";
import { environment } from "../environment.js";
import { giveBack } from "../memory.js";
import { afterThisTurn } from "../runtime/timers.js";
import { bodyOf } from "./body.js";
import { exit } from "./exit.js";
import { untilExit } from "./until-exit.js";
import { untraced } from "./untraced.js";
import { GZIP_FROM_BYTES, gzip } from "./gzip.js";
import { post } from "./http-request.js";
import type { HttpResponse } from "./http-request.js";
import { findProxy } from "./proxy.js";
import { createRoute } from "./route.js";
import type { CaCerts, Route } from "./route.js";
import { timeoutOf } from "./timeout.js";

/** The `transportOptions` that {@link httpTransport} reads. All may be left out. */
export type HttpSettings = {
  /** Added to every request; they win over the transport's own. */
  headers?: { [name: string]: string };
  /**
   * `http://user:password@host:port` or `https://...`. `false`: none, whatever the environment says.
   * Default: `https_proxy` or `HTTPS_PROXY` for an https target, else `http_proxy` or `HTTP_PROXY`.
   * Hosts in `no_proxy` or `NO_PROXY` are reached without one in any case.
   */
  proxy?: string | false;
  /** Certificates to trust instead of node's, for the target and for an https proxy. PEM. */
  caCerts?: CaCerts;
  /** Keep connections open between requests. Default: `true`. */
  keepAlive?: boolean;
  /** How long one request may take in all, in milliseconds. Default: 10 000. */
  timeout?: number;
};

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
