import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import type { Options, TransportFactory } from "@spanmeter/core";
import { disposable } from "./functions/disposable.js";
import type { NodeClient } from "./functions/disposable.js";
import { createEnding } from "./shutdown/shutdown.js";
import type { Ending } from "./shutdown/shutdown.js";
import { resolveShutdown } from "./options/shutdown-options.js";
import type { Shutdown } from "./options/shutdown-options.js";
import { rememberTimeout } from "./functions/client-timeouts.js";
import { readEnvironment, withDefaults } from "./options/environment.js";
import { completeOptions } from "./options/node-options.js";
import type { NodeOptions } from "./options/node-options.js";
import { nodePlatform } from "./platform.js";
import { isLocal } from "./transport/local/mark-local.js";
import { httpTransport, requestTransport } from "./transport/http/http-transport.js";

/**
 * Makes the client that `metrics` speaks to from now on; metrics recorded earlier are sent by it.
 * What the options leave out comes from `SENTRY_DSN`, `SENTRY_RELEASE`, `SENTRY_ENVIRONMENT` and
 * `SENTRY_SPOTLIGHT`.
 *
 * @example
 * init({ dsn: "https://key@o1.ingest.sentry.io/2", release: "shop@1.4.0" });
 */
export function init(options: NodeOptions = {}): NodeClient {
  const client = createClient(options);
  makeCurrent(client);
  return client;
}

/** Makes a client that shares nothing with the current one; several may live side by side. */
export function createClient(options: NodeOptions): NodeClient {
  const { traceIncomingRequests = true, shutdown, ...given } = completeOptions(options);
  const environment = readEnvironment();
  const plan = resolveShutdown(shutdown);
  const dsn = given.dsn ?? environment.dsn;
  const ending = endingOf({ ...given, dsn }, plan, () => client.options);
  const client = createCoreClient(
    { ...given, transport: given.transport && (ending?.transport ?? given.transport) },
    withDefaults(nodePlatform(traceIncomingRequests, ending), environment),
  );
  rememberTimeout(client, plan.timeout);
  return disposable(client, plan.timeout);
}

/** Only what is meant for a server is worth a thread or a file when the process ends. */
function endingOf(
  { dsn, transport, spotlight, onDrop, enableMetrics, debug }: NodeOptions,
  plan: Shutdown,
  settings: () => Readonly<Options>,
): Ending | undefined {
  if (enableMetrics === false || isLocal(transport)) return undefined;
  if (transport && typeof transport !== "function") return undefined;
  // Without a DSN metrics may stay on this machine, or wait for that of a Sentry SDK.
  if (dsn === "" || (!dsn && (transport || spotlight))) return undefined;
  const byWorker = !transport || transport === httpTransport;
  return createEnding({
    ...plan,
    make: byWorker ? requestTransport : (transport as TransportFactory),
    byWorker,
    sendTimeout: () => settings().sendTimeout as number,
    dsn: () => settings().dsn ?? "",
    onDrop,
    debug,
  });
}
