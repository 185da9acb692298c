import {
  createClientOn,
  createIntegration,
  endpointOf,
  MAX_METRIC_BYTES,
  readClientOptions,
  recordBehindSentry,
  wrapTransport,
} from "@spanmeter/core";
import type {
  Client,
  Pipeline,
  SentryClient,
  SpanmeterIntegration,
  Transport,
  TransportFactory,
  TransportOptions,
} from "@spanmeter/core";
import { asyncTrace } from "./context/async-trace.js";
import { createNodePipeline, type IntakeTarget } from "./intake/node-pipeline.js";
import { broughtTransport } from "./intake/sentry-defaults.js";
import type { NodeOptions } from "./options/node-options.js";
import type { IntakeOptions, MetricsTransportOptions } from "./options/intake-options.js";
import type { ShutdownOptions } from "./options/shutdown-options.js";
import { allParts } from "./parts.js";
import { spotlightTransport } from "./transport/http/spotlight-transport.js";

export { attributeRules, fold, keyedHash, raw, reservoir, sample } from "@spanmeter/core";
export { metrics } from "./metrics.js";
export type { IntakeOptions, MetricsTransportOptions, ShutdownOptions, SpanmeterIntegration };

/**
 * Puts a queue behind `Sentry.metrics`: metrics are sent again after failures, folded while there is no room,
 * and outlive the process. Everything else about the SDK stays as it is.
 *
 * @example
 * Sentry.init({ dsn, integrations: [spanmeterIntegration()] });
 */
export function spanmeterIntegration(options: IntakeOptions = {}): SpanmeterIntegration {
  return createIntegration(function open(client) {
    const { transport, transportOptions } = client.getOptions();
    return openPipeline(
      {
        make: broughtTransport(transport, transportOptions),
        transportOptions: { ...transportOptions, url: endpointOf(client) },
        destination: destinationOf(client),
      },
      { ...readClientOptions(client), ...options },
    );
  }, console);
}

/**
 * Wraps a transport for `Sentry.init`, so that metrics leave through a queue of their own, and everything else as
 * before: for a transport of your own, or where no integration can be added.
 *
 * @example
 * Sentry.init({ dsn, transport: makeMetricsTransport(Sentry.makeNodeTransport) });
 */
export function makeMetricsTransport<O extends TransportOptions>(
  make: (options: O) => Transport,
  options: MetricsTransportOptions = {},
): (options: O) => Transport {
  return function makeTransport(given) {
    const open = (): Pipeline =>
      openPipeline(
        {
          make: broughtTransport(make as TransportFactory, given),
          transportOptions: given,
          // The version of the SDK changes with the next deployment.
          destination: given.url.replace(/&sentry_client=[^&]*/, ""),
        },
        { maxMetricBytes: MAX_METRIC_BYTES, ...options },
      );
    return wrapTransport(make(given), open, console);
  };
}

/** Makes a pipeline into which our own `metrics` are recorded too. */
function openPipeline(target: IntakeTarget, { shutdown, ...options }: NodeOptions): Pipeline {
  const pipeline = createNodePipeline(target, options, shutdown);
  recordBehindSentry(openClient);
  return pipeline;
}

/** A DSN without anything that changes between two processes. */
function destinationOf(client: SentryClient): string {
  const { publicKey, host, port, path, projectId } = client.getDsn() ?? {};
  return ["sentry", publicKey, host, port, path, projectId].join(" ");
}

function openClient(pipeline: Pipeline): Client {
  const { settings } = pipeline.engine;
  return createClientOn(pipeline, { ...settings }, allParts(asyncTrace, spotlightTransport));
}
