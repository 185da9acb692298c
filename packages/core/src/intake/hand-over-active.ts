import type { Pipeline } from "../contract/pipeline.js";
import { readSentry } from "../context/sentry.js";
import { findPipeline } from "./active-client.js";
import type { SentryClient } from "./sentry-client.js";

/** The Sentry client of the running code, that of its request where each request has its own. */
export function activeSentryClient(global: object): SentryClient | undefined {
  return readSentry(global)?.client as SentryClient | undefined;
}

/** From now on, before everything in the pipeline leaves, the active client hands over what its SDK has buffered. */
export function handOverActive(pipeline: Pipeline): void {
  const { engine, source } = pipeline;
  const { handOver } = source;
  source.handOver = () => {
    const client = activeSentryClient(engine.platform.global);
    if (findPipeline(client) === pipeline) client?.emit?.("flush");
    handOver?.();
  };
}
