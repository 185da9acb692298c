import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import { disposable } from "../disposable.js";
import type { NodeClient } from "../disposable.js";
import { rememberTimeout, resolveShutdownTimeout } from "../lifecycle/shutdown-timeout.js";
import { readEnvironment, withDefaults } from "../environment.js";
import { completeOptions } from "../options.js";
import type { NodeOptions } from "../options.js";
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
