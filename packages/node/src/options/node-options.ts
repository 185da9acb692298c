import type { Options } from "@spanmeter/core";
import { readEnvironment, resolveSpotlight } from "./environment.js";
import type { HttpSettings } from "./http-settings.js";
import type { ShutdownOptions } from "./shutdown-options.js";

/** The options of a client in node. All are optional; `undefined` counts as absent. */
export interface NodeOptions extends Options {
  /**
   * Whether metrics recorded while an incoming HTTP request is handled belong to the trace of its
   * `sentry-trace` or `traceparent` header, or else to a new trace. Node announces its requests, so
   * nothing is patched.
   * @default true
   */
  traceIncomingRequests?: boolean | undefined;
  /**
   * How pending metrics are sent or stored when the process ends. See {@link ShutdownOptions}.
   * @default `{ timeout: 2000 }`, with a spool in the user's state folder
   */
  shutdown?: ShutdownOptions | undefined;
  /**
   * Options for the transport. The default transport reads those of {@link HttpSettings}.
   * @default `{}`
   */
  transportOptions?: (HttpSettings & Readonly<Record<string, unknown>>) | undefined;
}

/** Copies the options and resolves `spotlight`. Never throws. */
export function completeOptions(options: NodeOptions): NodeOptions {
  const copy = copyOptions(options);
  return { ...copy, spotlight: resolveSpotlight(copy.spotlight, readEnvironment().spotlight) };
}

/** A getter of the application that throws must not stop it: then no options are used. */
function copyOptions(options: NodeOptions): NodeOptions {
  try {
    return { ...options };
  } catch (error) {
    // oxlint-disable-next-line no-console
    console.error("[spanmeter] The options could not be read; none are used.", error);
    return {};
  }
}
