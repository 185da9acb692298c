import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import type { Options, TransportFactory } from "@spanmeter/core";
import { rememberTimeout } from "./functions/client-timeouts.js";
import { disposable } from "./functions/disposable.js";
import type { NodeClient } from "./functions/disposable.js";
import { readEnvironment, withDefaults } from "./options/environment.js";
import { completeOptions } from "./options/node-options.js";
import type { NodeOptions } from "./options/node-options.js";
import { resolveShutdown } from "./options/shutdown-options.js";
import type { ShutdownSettings } from "./options/shutdown-options.js";
import { nodePlatform } from "./platform.js";
import { createShutdown } from "./shutdown/shutdown.js";
import type { Shutdown } from "./shutdown/shutdown.js";
import { httpTransport } from "./transport/http/http-transport.js";
import { isLocal } from "./transport/local/mark-local.js";

/**
 * Makes the current client, which `metrics` records to from now on; metrics recorded earlier are sent by
 * it too. Absent options are read from `SENTRY_DSN`, `SENTRY_RELEASE`, `SENTRY_ENVIRONMENT` and
 * `SENTRY_SPOTLIGHT`. Never throws.
 *
 * @example
 * init({ dsn: "https://key@o1.ingest.sentry.io/2", release: "shop@1.4.0" });
 */
export function init(options: NodeOptions = {}): NodeClient {
  const client = createClient(options);
  makeCurrent(client);
  return client;
}

/**
 * Makes a client that is independent of the current one; a process may have several. Never throws.
 *
 * @example
 * await using client = createClient({ dsn: "https://key@o1.ingest.sentry.io/2" });
 */
export function createClient(options: NodeOptions): NodeClient {
  const { traceIncomingRequests = true, shutdown: rawShutdown, ...rest } = completeOptions(options);
  const environment = readEnvironment();
  const settings = resolveShutdown(rawShutdown);
  const dsn = rest.dsn ?? environment.dsn;
  const shutdown = shutdownOf({ ...rest, dsn }, settings, () => client.options);
  const client = createCoreClient(
    { ...rest, transport: rest.transport && (shutdown?.transport ?? rest.transport) },
    withDefaults(nodePlatform(traceIncomingRequests, shutdown), environment),
  );
  rememberTimeout(client.options, settings.timeout);
  return disposable(client, settings.timeout);
}

/** Only metrics for a server are sent or spooled when the process ends; otherwise `undefined`. */
function shutdownOf(
  { dsn, transport, spotlight, onDrop, enableMetrics, debug }: NodeOptions,
  { timeout, spool }: ShutdownSettings,
  currentOptions: () => Readonly<Options>,
): Shutdown | undefined {
  if (enableMetrics === false || isLocal(transport)) return undefined;
  if (transport && typeof transport !== "function") return undefined;
  // Without a DSN metrics stay on this machine, or wait for the DSN of a Sentry SDK.
  if (dsn === "" || (!dsn && (transport || spotlight))) return undefined;
  const isDefault = !transport || transport === httpTransport;
  return createShutdown({
    timeout,
    folder: spool,
    transport: isDefault ? undefined : (transport as TransportFactory),
    sendTimeout: () => currentOptions().sendTimeout as number,
    dsn: () => currentOptions().dsn ?? "",
    onDrop,
    debug,
  });
}
