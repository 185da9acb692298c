import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import type { TransportFactory } from "@spanmeter/core";
import { disposable } from "./disposable.js";
import type { NodeClient } from "./disposable.js";
import { createEnding } from "./lifecycle/ending.js";
import type { Ending } from "./lifecycle/ending.js";
import { resolveShutdown } from "./lifecycle/shutdown-options.js";
import type { Shutdown } from "./lifecycle/shutdown-options.js";
import { rememberTimeout } from "./lifecycle/shutdown-timeout.js";
import { completeOptions } from "./options.js";
import type { NodeOptions } from "./options.js";
import { nodePlatform } from "./platform.js";
import { isLocal } from "./transport/local.js";
import { httpTransport, requestTransport } from "./transport/http.js";

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
  const plan = resolveShutdown(shutdown);
  const ending = endingOf(given, plan, () => client.options.sendTimeout as number);
  const client = createCoreClient(
    { ...given, transport: ending?.transport ?? given.transport },
    nodePlatform(traceIncomingRequests, ending),
  );
  rememberTimeout(client, plan.timeout);
  return disposable(client, plan.timeout);
}

/** Only what is meant for a server is worth a thread or a file when the process ends. */
function endingOf(
  { dsn, transport, onDrop, enableMetrics }: NodeOptions,
  plan: Shutdown,
  sendTimeout: () => number,
): Ending | undefined {
  if (!dsn || enableMetrics === false || isLocal(transport)) return undefined;
  if (transport && typeof transport !== "function") return undefined;
  const byWorker = !transport || transport === httpTransport;
  const make = byWorker ? requestTransport : (transport as TransportFactory);
  return createEnding({ ...plan, make, byWorker, sendTimeout, dsn, onDrop });
}
