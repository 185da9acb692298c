import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import { disposable } from "../functions/disposable.js";
import type { NodeClient } from "../functions/disposable.js";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { resolveShutdownTimeout } from "../options/shutdown-timeout.js";
import { readEnvironment, withDefaults } from "../options/environment.js";
import { completeOptions } from "../options/node-options.js";
import type { NodeOptions } from "../options/node-options.js";
import { edgePlatform } from "./platform.js";

/** Makes the client that `metrics` speaks to from now on, as `init` does in node. */
export function init(options: NodeOptions = {}): NodeClient {
  const client = createClient(options);
  makeCurrent(client);
  return client;
}

/** Makes a client that shares nothing with the current one; several may live side by side. */
export function createClient(options: NodeOptions): NodeClient {
  const { traceIncomingRequests: _, shutdown, ...given } = completeOptions(options);
  const client = createCoreClient(given, withDefaults(edgePlatform(), readEnvironment()));
  const timeout = resolveShutdownTimeout(shutdown);
  rememberTimeout(client, timeout);
  return disposable(client, timeout);
}
