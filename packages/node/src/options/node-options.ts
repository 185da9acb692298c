import type { Options } from "@spanmeter/core";
import { readEnvironment, resolveSpotlight } from "./environment.js";
import type { ShutdownOptions } from "./shutdown-options.js";
import type { HttpSettings } from "./http-settings.js";

/** How a client is made in node. Every option may be left out; `undefined` is the same as absent. */
export interface NodeOptions extends Options {
  /**
   * Metrics recorded while an incoming HTTP request is handled belong to the trace its `sentry-trace`
   * or `traceparent` header names, else to a trace of their own. Node announces its requests, so
   * nothing is patched. Default: `true`.
   */
  traceIncomingRequests?: boolean | undefined;
  /** What happens to metrics that wait when the process ends: see {@link ShutdownOptions}. */
  shutdown?: ShutdownOptions | undefined;
  /** For the transport: its own options, of which the default one reads those of {@link HttpSettings}. */
  transportOptions?: (HttpSettings & Readonly<Record<string, unknown>>) | undefined;
}

/** A copy that the transport and Spotlight can rely on. Never throws. */
export function completeOptions(options: NodeOptions): NodeOptions {
  const given = copyOf(options);
  const timeout = given.sendTimeout === undefined ? {} : { timeout: given.sendTimeout };
  return {
    ...given,
    spotlight: resolveSpotlight(given.spotlight, readEnvironment().spotlight),
    transportOptions: { ...timeout, ...given.transportOptions },
  };
}

/** Options with a throwing getter must not stop the application; they count as none. */
function copyOf(options: NodeOptions): NodeOptions {
  try {
    return { ...options };
  } catch (error) {
    // oxlint-disable-next-line no-console
    console.error("[spanmeter] The options could not be read; none are used.", error);
    return {};
  }
}
