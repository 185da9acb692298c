import type { Pipeline } from "../contract/pipeline.js";
import type { PlatformConsole } from "../contract/platform.js";
import type { Transport } from "../contract/transport.js";
import { sentryClients } from "../context/sentry.js";
import { addPipeline } from "./active-client.js";
import { handOverFrom } from "./hand-over.js";
import { logWithout } from "./log-without.js";
import { queueMetrics } from "./queue-metrics.js";
import type { SentryClient } from "./sentry-client.js";

/**
 * Wraps the transport of a Sentry client that is still to be made: its metrics leave through the pipeline that
 * `open` makes. Should that throw, the transport stays as it is. With `isShared` the pipeline may have other
 * transports and outlives them; `open` has started it.
 */
export function wrapTransport(
  transport: Transport,
  open: () => Pipeline,
  console: PlatformConsole,
  isShared?: boolean,
): Transport {
  try {
    return wrap(transport, open(), isShared);
  } catch (error) {
    logWithout(console, error);
    return transport;
  }
}

function wrap(transport: Transport, pipeline: Pipeline, isShared?: boolean): Transport {
  const { engine, start } = pipeline;
  const wrapped = queueMetrics(transport, pipeline);
  addPipeline(wrapped, pipeline);
  if (isShared) return wrapped;
  let known: SentryClient | undefined;
  handOverFrom(function find() {
    const clients = sentryClients(engine.platform.global) as object[] as SentryClient[];
    return (known ??= clients.find((client) => client.getTransport?.() === wrapped));
  }, pipeline);
  start();
  return wrapped;
}
