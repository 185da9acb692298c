import type { Pipeline } from "../contract/pipeline.js";
import type { Transport } from "../contract/transport.js";
import { addPipeline } from "./active-client.js";
import { handOverActive } from "./hand-over-active.js";
import { queueMetrics } from "./queue-metrics.js";

/** Wraps the transport of a Sentry client that is still to be made: its metrics leave through the pipeline. */
export function wrapTransport(transport: Transport, pipeline: Pipeline): Transport {
  const wrapped = takeFromTransport(transport, pipeline);
  handOverActive(pipeline);
  pipeline.start();
  return wrapped;
}

/** Wraps a transport whose metrics leave through a pipeline that may have others, and outlive this one. */
export function takeFromTransport(transport: Transport, pipeline: Pipeline): Transport {
  const wrapped = queueMetrics(transport, pipeline);
  addPipeline(wrapped, pipeline);
  return wrapped;
}
