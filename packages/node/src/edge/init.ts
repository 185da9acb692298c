import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { disposable } from "../functions/disposable.js";
import type { NodeClient } from "../functions/disposable.js";
import { readEnvironment, withDefaults } from "../options/environment.js";
import { completeOptions } from "../options/node-options.js";
import type { NodeOptions } from "../options/node-options.js";
import { resolveShutdownTimeout } from "../options/shutdown-timeout.js";
import { edgePlatform } from "./platform.js";

/** Makes the current client in an edge runtime, which `metrics` records to from now on. Never throws. */
export function init(options: NodeOptions = {}): NodeClient {
  const client = createClient(options);
  makeCurrent(client);
  return client;
}

/** Makes a client in an edge runtime that is independent of the current one. Never throws. */
export function createClient(options: NodeOptions): NodeClient {
  const { traceIncomingRequests: _, shutdown, ...rest } = completeOptions(options);
  const client = createCoreClient(rest, withDefaults(edgePlatform(), readEnvironment()));
  const timeout = resolveShutdownTimeout(shutdown);
  rememberTimeout(client.options, timeout);
  return disposable(client, timeout);
}
