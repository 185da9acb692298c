import type { Pipeline } from "../contract/pipeline.js";
import type { Transport } from "../contract/transport.js";
import { readSentry } from "../context/sentry.js";
import { addPipeline } from "./active-client.js";
import { handOverFrom } from "./hand-over.js";
import { queueMetrics } from "./queue-metrics.js";
import type { SentryClient } from "./sentry-client.js";

/** Wraps the transport of a Sentry client that is still to be made: its metrics leave through the pipeline. */
export function wrapTransport(transport: Transport, pipeline: Pipeline): Transport {
  const wrapped = queueMetrics(transport, pipeline);
  addPipeline(wrapped, pipeline);
  handOverFrom(() => {
    const client = readSentry(pipeline.engine.platform.global)?.client as SentryClient | undefined;
    return client?.getTransport?.() === wrapped ? client : undefined;
  }, pipeline);
  pipeline.start();
  return wrapped;
}
