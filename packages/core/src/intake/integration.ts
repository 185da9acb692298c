import type { Stats } from "../contract/drop.js";
import type { Pipeline } from "../contract/pipeline.js";
import type { PlatformConsole } from "../contract/platform.js";
import type { Envelope } from "../contract/transport.js";
import { addPipeline } from "./active-client.js";
import { queueMetrics } from "./queue-metrics.js";
import type { SentryClient } from "./sentry-client.js";
import { createTakeMetrics } from "./take-metrics.js";

/** An integration for `Sentry.init`: metrics of its client leave through a queue of Spanmeter. */
export interface SpanmeterIntegration {
  readonly name: "Spanmeter";
  /** Called by the SDK, majors 10 and 11, before other integrations are set up. */
  beforeSetup(client: SentryClient): void;
  /** Called by the SDK. */
  setup(client: SentryClient): void;
  /**
   * Counts everything recorded so far by how it ended, for the Sentry client that was initialised last;
   * `undefined` before there is one.
   */
  stats(): Stats | undefined;
}

/**
 * Makes an integration. `open` makes or finds the pipeline of a client, and `join` connects the two. Should one of
 * them throw, the client stays as it was.
 */
export function createIntegration(
  open: (client: SentryClient) => Pipeline,
  console: PlatformConsole,
  join: (client: SentryClient, pipeline: Pipeline) => void = putBehind,
): SpanmeterIntegration {
  const known = new WeakSet<SentryClient>();
  let last: Pipeline | undefined;

  function setup(client: SentryClient): void {
    if (known.has(client)) return;
    known.add(client);
    try {
      join(client, (last = open(client)));
    } catch (error) {
      console.error("[spanmeter] Sentry.metrics are sent without Spanmeter", error);
    }
  }

  return { name: "Spanmeter", beforeSetup: setup, setup, stats: () => last?.stats() };
}

/** Puts a pipeline of its own behind a client: it begins now and ends with the client. */
function putBehind(client: SentryClient, pipeline: Pipeline): void {
  if (pipeline.engine.isClosed()) return;
  takeFromClient(client, pipeline);
  pipeline.start();
  // The SDK gives what it has buffered to its transport, synchronously.
  const { source } = pipeline;
  const { handOver } = source;
  source.handOver = () => {
    client.emit?.("flush");
    handOver?.();
  };
  client.on?.("close", () => void pipeline.close());
}

/** Lets the metrics of a client leave through a pipeline, which may have other clients and outlive this one. */
export function takeFromClient(client: SentryClient, pipeline: Pipeline): void {
  const { engine } = pipeline;
  if (engine.isClosed()) return;
  const transport = client.getTransport();
  if (transport) {
    Object.assign(transport, queueMetrics(transport, pipeline));
    addPipeline(transport, pipeline);
  }
  // An explorer gets its copies from the pipeline: those of the SDK then come without metrics.
  if (engine.settings.spotlight && pipeline.parts.createCopyTransport) {
    const take = createTakeMetrics(pipeline);
    client.on?.("beforeEnvelope", (envelope: Envelope) => {
      envelope[1] = take(envelope);
    });
  }
  if (__DEV__) explainMajor(client, pipeline);
}

/** Warns a developer whose SDK is too old for `Sentry.metrics`. Called behind `__DEV__`. */
function explainMajor(client: SentryClient, { engine }: Pipeline): void {
  const { version = "" } = client.getSdkMetadata?.()?.sdk ?? {};
  if (/^[0-9]\./.test(version))
    engine.warn(
      "sentry",
      `Sentry ${version} has no metrics that belong to traces: only calls of Spanmeter's own "metrics" are recorded. Update to Sentry 10 or 11 to record with Sentry.metrics.`,
    );
}
