import { createTransport, withRateLimits } from "@spanmeter/core";
import type { Transport } from "@spanmeter/core";
import type { HttpTransportOptions } from "../../options/http-settings.js";
import { withExitFlush } from "../../process/with-exit-flush.js";
import { nodeRuntime } from "../../runtime/node-runtime.js";
import { createSender } from "./sender.js";

/**
 * Sends envelopes over HTTP or HTTPS. Connections stay open between requests, bodies from 1 KiB up are
 * compressed, large ones in the thread pool, and proxies of the environment are used. It never keeps the process
 * alive and never shows up in traces.
 *
 * The default transport in node. It also fits `Sentry.init({ transport: httpTransport })` of
 * `@sentry/node` 8 to 11.
 *
 * @example
 * Sentry.init({ dsn, transport: httpTransport });
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  return withExitFlush(httpTransportWithoutExitFlush(options));
}

/** Sends as {@link httpTransport} does, but does not wait for pending sends when the process ends. */
export function httpTransportWithoutExitFlush(options: HttpTransportOptions): Transport {
  return withRateLimits(createHttpTransport, nodeRuntime)(options);
}

function createHttpTransport(options: HttpTransportOptions): Transport {
  return createTransport(createSender(options), nodeRuntime);
}
