import type { Pipeline } from "../contract/pipeline.js";
import type { Transport } from "../contract/transport.js";
import { readSentry } from "../context/sentry.js";
import { addPipeline } from "./active-client.js";
import { queueMetrics } from "./queue-metrics.js";
import type { SentryClient } from "./sentry-client.js";

/** Wraps the transport of a Sentry client that is still to be made: its metrics leave through the pipeline. */
export function wrapTransport(transport: Transport, pipeline: Pipeline): Transport {
  const wrapped = queueMetrics(transport, pipeline);
  addPipeline(wrapped, pipeline);
  const { handOver } = pipeline.source;
  pipeline.source.handOver = () => {
    const client = readSentry(pipeline.engine.platform.global)?.client as SentryClient | undefined;
    if (client?.getTransport?.() === wrapped) client.emit?.("flush");
    handOver?.();
  };
  pipeline.start();
  return wrapped;
}
