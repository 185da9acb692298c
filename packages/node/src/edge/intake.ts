import {
  createClientOn,
  createIntegration,
  createPipeline,
  endpointOf,
  fixedDestination,
  MAX_METRIC_BYTES,
  readClientOptions,
  recordBehindSentry,
  wrapTransport,
} from "@spanmeter/core";
import type {
  Client,
  Pipeline,
  SpanmeterIntegration,
  Transport,
  TransportFactory,
  TransportOptions,
} from "@spanmeter/core";
import type { NodeOptions } from "../options/node-options.js";
import type { IntakeOptions, MetricsTransportOptions } from "../options/intake-options.js";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { resolveShutdownTimeout } from "../options/shutdown-timeout.js";
import { fetchTransport } from "./fetch-transport.js";
import { edgePlatform } from "./platform.js";

/**
 * The transports that the SDKs of edge runtimes use by themselves. They send only while they are flushed, and say
 * nothing about how it went.
 */
const DEFAULT_NAMES: readonly string[] = ["makeCloudflareTransport", "makeEdgeTransport"];

/**
 * Puts a queue behind `Sentry.metrics` of an SDK for an edge runtime. Metrics leave by the `fetch` of the runtime,
 * not by the transport of the SDK.
 */
export function spanmeterIntegration(options: IntakeOptions = {}): SpanmeterIntegration {
  return createIntegration(function open(client) {
    return createEdgePipeline(
      fetchTransport,
      { ...client.getOptions().transportOptions, url: endpointOf(client) },
      { ...readClientOptions(client), ...options },
    );
  }, console);
}

/** Wraps a transport for `Sentry.init` of an SDK for an edge runtime: metrics leave through a queue. */
export function makeMetricsTransport<O extends TransportOptions>(
  make: (options: O) => Transport,
  options: MetricsTransportOptions = {},
): (options: O) => Transport {
  return function makeTransport(given) {
    const isDefault = DEFAULT_NAMES.includes(make.name);
    const open = (): Pipeline =>
      createEdgePipeline(isDefault ? fetchTransport : (make as TransportFactory), given, {
        maxMetricBytes: MAX_METRIC_BYTES,
        ...options,
      });
    return wrapTransport(make(given), open, console);
  };
}

function createEdgePipeline(
  make: TransportFactory,
  transportOptions: Omit<TransportOptions, "recordDroppedEvent">,
  { shutdown, ...options }: NodeOptions,
): Pipeline {
  const pipeline = createPipeline(
    options,
    edgePlatform(),
    fixedDestination(make, transportOptions),
  );
  rememberTimeout(pipeline.engine.settings, resolveShutdownTimeout(shutdown));
  recordBehindSentry(openClient);
  return pipeline;
}

function openClient(pipeline: Pipeline): Client {
  return createClientOn(pipeline, { ...pipeline.engine.settings }, edgePlatform().parts);
}
