import type { Stats } from "../contract/drop.js";
import type { Pipeline } from "../contract/pipeline.js";
import type { PlatformConsole } from "../contract/platform.js";
import type { Envelope, Transport } from "../contract/transport.js";
import { addPipeline } from "./active-client.js";
import { handOverFrom } from "./hand-over.js";
import { logWithout } from "./log-without.js";
import { queueMetrics } from "./queue-metrics.js";
import type { SentryClient } from "./sentry-client.js";
import { createTakeMetrics } from "./take-metrics.js";

/** An integration for `Sentry.init`: metrics of its client leave through a queue of Spanmeter. */
export interface SpanmeterIntegration {
  readonly name: "Spanmeter";
  /** Called by the SDK with its client, in 10 and 11, before other integrations are set up. */
  beforeSetup(client: object): void;
  /** Called by the SDK with its client. */
  setup(client: object): void;
  /**
   * Counts everything recorded so far by how it ended, for the Sentry client that was initialised last;
   * `undefined` before there is one.
   */
  stats(): Stats | undefined;
}

/**
 * Makes an integration. `open` makes the pipeline of a client. Should it throw, the client stays as it was.
 * With `isShared` a pipeline may have other clients and outlives them; `open` has started it.
 */
export function createIntegration(
  open: (client: SentryClient) => Pipeline,
  console: PlatformConsole,
  isShared?: boolean,
): SpanmeterIntegration {
  const known = new WeakSet<object>();
  let last: Pipeline | undefined;

  function setup(given: object): void {
    const client = given as SentryClient;
    if (known.has(client)) return;
    known.add(client);
    let pipeline: Pipeline | undefined;
    try {
      // A client without a DSN sends nothing, except to a local explorer, and does so by itself.
      if (!client.getDsn()) return;
      putBehind(client, (pipeline = open(client)), isShared);
      last = pipeline;
    } catch (error) {
      if (!isShared) void pipeline?.close();
      logWithout(console, error);
    }
  }

  return { name: "Spanmeter", beforeSetup: setup, setup, stats: () => last?.stats() };
}

function putBehind(client: SentryClient, pipeline: Pipeline, isShared?: boolean): void {
  const { engine } = pipeline;
  const transport = client.getTransport();
  const { sdk } = client.getSdkMetadata?.() ?? {};
  if (sdk?.name && sdk.version) engine.sdk = { name: sdk.name, version: sdk.version };
  // Metrics that are turned off are off for our own calls, too.
  if (transport) {
    if (!engine.isClosed()) replace(transport, queueMetrics(transport, pipeline));
    addPipeline(transport, pipeline);
  }
  if (engine.isClosed()) return;
  if (!isShared) {
    pipeline.start();
    handOverFrom(() => client, pipeline);
  }
  // An explorer gets its copies from the pipeline: those of the SDK then come without metrics.
  if (engine.settings.spotlight && pipeline.parts.createCopyTransport) {
    const take = createTakeMetrics(pipeline);
    client.on?.("beforeEnvelope", (given) => {
      const envelope = given as Envelope;
      envelope[1] = take(envelope);
    });
  }
  if (__DEV__) explainMajor(client, pipeline);
}

/** Replaces both methods of a transport, or neither. They may be frozen, or getters, or on a prototype. */
function replace(transport: Transport, { send, flush }: Transport): void {
  const own = Object.getOwnPropertyDescriptor(transport, "send");
  const define = (name: keyof Transport, given: PropertyDescriptor): unknown =>
    Object.defineProperty(transport, name, given);
  const isLasting = { writable: true, configurable: true, enumerable: true };
  define("send", { ...isLasting, value: send });
  try {
    define("flush", { ...isLasting, value: flush });
  } catch (error) {
    if (own) define("send", own);
    else delete (transport as Partial<Transport>).send;
    throw error;
  }
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
