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
  Options,
  Pipeline,
  SpanmeterIntegration,
  Transport,
  TransportFactory,
  TransportOptions,
} from "@spanmeter/core";
import type { IntakeOptions, MetricsTransportOptions } from "../options/intake-options.js";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { resolveShutdownTimeout } from "../options/shutdown-timeout.js";
import { fetchTransport } from "./fetch-transport.js";
import { edgePlatform } from "./platform.js";

/** The transports that the SDKs of edge runtimes use by themselves; some send only while they are flushed. */
const DEFAULT_NAMES: readonly string[] = [
  "makeCloudflareTransport",
  "makeEdgeTransport",
  "makeFetchTransport",
];

/** Puts a queue behind `Sentry.metrics` of an SDK for an edge runtime. */
export function spanmeterIntegration({
  shutdown,
  ...options
}: IntakeOptions = {}): SpanmeterIntegration {
  return createIntegration(function open(client) {
    const { transport, transportOptions } = client.getOptions();
    return createEdgePipeline(
      transport as TransportFactory,
      { ...transportOptions, url: endpointOf(client) },
      { ...readClientOptions(client), ...options },
      shutdown,
    );
  }, console);
}

/** Wraps a transport for `Sentry.init` of an SDK for an edge runtime: metrics leave through a queue. */
export function makeMetricsTransport<O extends TransportOptions>(
  make: (options: O) => Transport,
  { shutdown, ...options }: MetricsTransportOptions = {},
): (options: O) => Transport {
  return function makeTransport(given) {
    const all = { maxMetricBytes: MAX_METRIC_BYTES, ...options };
    return wrapTransport(
      make(given),
      createEdgePipeline(make as TransportFactory, given, all, shutdown),
    );
  };
}

function createEdgePipeline(
  make: TransportFactory,
  transportOptions: Omit<TransportOptions, "recordDroppedEvent">,
  options: Options,
  shutdown: IntakeOptions["shutdown"],
): Pipeline {
  const transport = DEFAULT_NAMES.includes(make.name)
    ? (fetchTransport as TransportFactory)
    : make;
  const pipeline = createPipeline(
    options,
    edgePlatform(),
    fixedDestination(transport, transportOptions),
  );
  rememberTimeout(pipeline.engine.settings, resolveShutdownTimeout(shutdown));
  recordBehindSentry(openClient);
  return pipeline;
}

function openClient(pipeline: Pipeline): Client {
  return createClientOn(pipeline, { ...pipeline.engine.settings }, edgePlatform().parts);
}
