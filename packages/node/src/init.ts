import { createClient as createCoreClient, makeCurrent } from "@spanmeter/core";
import type { Client, Options, TransportFactory } from "@spanmeter/core";
import { readEnvironment, resolveSpotlight } from "./environment.js";
import { createEnding } from "./lifecycle/ending.js";
import type { Ending } from "./lifecycle/ending.js";
import { resolveShutdown } from "./lifecycle/shutdown-options.js";
import type { Shutdown, ShutdownOptions } from "./lifecycle/shutdown-options.js";
import { rememberTimeout } from "./lifecycle/shutdown-timeout.js";
import { nodePlatform } from "./platform.js";
import { isLocal } from "./transport/local.js";
import { httpTransport, requestTransport } from "./transport/http.js";
import type { HttpSettings } from "./transport/http.js";

/** A client that `await using` closes: what waits is sent within `shutdown.timeout`. */
export interface NodeClient extends Client, AsyncDisposable {}

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
  const environment = readEnvironment(process.env);
  const { traceIncomingRequests = true, shutdown, ...given } = copyOf(options);
  const dsn = given.dsn ?? environment.dsn;
  const plan = resolveShutdown(shutdown);
  const ending = endingOf({ ...given, dsn }, plan, () => client.options.sendTimeout as number);
  const client = createCoreClient(
    {
      ...given,
      dsn,
      transport: ending?.transport ?? given.transport,
      release: given.release ?? environment.release,
      environment: given.environment ?? environment.environment,
      spotlight: resolveSpotlight(given.spotlight, environment.spotlight),
      transportOptions: { timeout: given.sendTimeout, ...given.transportOptions },
    },
    nodePlatform(traceIncomingRequests, ending, given.debug === true),
  );
  rememberTimeout(client, plan.timeout);
  return disposable(client, plan.timeout);
}

/** Node has the symbol from version 20 on; `await using` closes the client at the end of its block. */
function disposable(client: Client, timeout: number): NodeClient {
  const dispose = async (): Promise<void> => void (await client.close(timeout));
  return Object.defineProperty(client, Symbol.asyncDispose, { value: dispose }) as NodeClient;
}

/** Only what is meant for a server is worth a thread or a file when the process ends. */
function endingOf(
  { dsn, transport, onDrop, enableMetrics, debug }: NodeOptions,
  plan: Shutdown,
  sendTimeout: () => number,
): Ending | undefined {
  if (!dsn || enableMetrics === false || isLocal(transport)) return undefined;
  if (transport && typeof transport !== "function") return undefined;
  const byWorker = !transport || transport === httpTransport;
  const make = byWorker ? requestTransport : (transport as TransportFactory);
  return createEnding({ ...plan, make, byWorker, sendTimeout, dsn, onDrop, debug });
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
