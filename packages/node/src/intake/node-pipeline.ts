import { createPipeline, fixedDestination, secondInstance } from "@spanmeter/core";
import type { Options, Pipeline, TransportFactory, TransportOptions } from "@spanmeter/core";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { INTAKE_DEFAULTS, SEND_TIMEOUT_MS } from "../options/intake-options.js";
import { resolveShutdown } from "../options/shutdown-options.js";
import type { ShutdownOptions } from "../options/shutdown-options.js";
import { nodePlatform } from "../platform.js";
import { createShutdown } from "../shutdown/shutdown.js";
import { isLocal } from "../transport/local/mark-local.js";

/** Where the metrics of a Sentry client go. */
export interface IntakeTarget {
  /** The transport of the application; absent where the SDK has its own, which ours then replaces. */
  readonly make: TransportFactory | undefined;
  readonly transportOptions: Omit<TransportOptions, "recordDroppedEvent">;
  /** Names the destination for the spool: the same in each process. */
  readonly destination: string;
}

/** Makes the pipeline of metrics that a Sentry client hands over. */
export function createNodePipeline(
  { make, transportOptions, destination }: IntakeTarget,
  options: Options,
  shutdownOptions: ShutdownOptions | undefined,
): Pipeline {
  const { timeout, spool } = resolveShutdown(shutdownOptions);
  const shutdown = isLocal(make)
    ? undefined
    : createShutdown({
        timeout,
        folder: spool,
        transport: make && secondInstance(make),
        sendTimeout: () => pipeline.engine.settings.sendTimeout,
        dsn: () => destination,
        onDrop: options.onDrop,
        debug: options.debug,
      });
  // The SDK itself follows the requests that the process answers.
  const platform = nodePlatform(false, shutdown);
  const transport = shutdown?.transport ?? secondInstance(make as TransportFactory);
  const pipeline = createPipeline(
    { sendTimeout: SEND_TIMEOUT_MS, ...options },
    { ...platform, defaults: { ...platform.defaults, ...INTAKE_DEFAULTS } },
    fixedDestination(transport, transportOptions),
  );
  rememberTimeout(pipeline.engine.settings, timeout);
  return pipeline;
}
