import { createTransport, withRateLimits } from "@spanmeter/core";
import type { Transport } from "@spanmeter/core";
import { createRuntime } from "../runtime.js";
import { post } from "./page-transport.js";
import type { PageTransportOptions } from "./page-transport.js";

export type KeepaliveTransportOptions = PageTransportOptions;

/**
 * The transport of this package for `Sentry.init({ transport: keepaliveTransport })`: what is sent as
 * the page ends outlives it, while the browser has room for it. Spanmeter's own clients use it anyway,
 * without the rate limits, which they keep by themselves.
 */
export function keepaliveTransport(options: KeepaliveTransportOptions): Transport {
  const runtime = createRuntime();
  const make = (given: KeepaliveTransportOptions): Transport =>
    createTransport((body) => post(given, body, runtime), runtime);
  return withRateLimits(make, runtime)(options);
}
