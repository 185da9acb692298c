import { handOverActive } from "@spanmeter/core";
import type { Pipeline } from "@spanmeter/core";

/** How many pipelines are kept: one for each endpoint, so a worker rarely has two. */
const MAX_PIPELINES = 100;

/** By endpoint, the one used last at the end. */
const pipelines = new Map<string, Pipeline>();

/**
 * Finds the pipeline of an endpoint, or keeps the one that `open` makes. A Sentry client may live for one request
 * only, and what cannot be sent within it leaves with a later request.
 */
export function sharedPipeline(endpoint: string, open: () => Pipeline): Pipeline {
  const pipeline = pipelines.get(endpoint) ?? start(open());
  pipelines.delete(endpoint);
  if (!pipeline.engine.isClosed()) pipelines.set(endpoint, pipeline);
  for (const [oldest, { close }] of pipelines) {
    if (pipelines.size <= MAX_PIPELINES) break;
    pipelines.delete(oldest);
    void close();
  }
  return pipeline;
}

function start(pipeline: Pipeline): Pipeline {
  handOverActive(pipeline);
  pipeline.start();
  return pipeline;
}
