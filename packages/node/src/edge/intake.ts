import {
  activeSentryClient,
  createClientOn,
  createIntegration,
  createPipeline,
  endpointOf,
  fixedDestination,
  MAX_METRIC_BYTES,
  readClientOptions,
  recordBehindSentry,
  secondInstance,
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
import type { NodeOptions } from "../options/node-options.js";
import type { IntakeOptions, MetricsTransportOptions } from "../options/intake-options.js";
import { rememberTimeout } from "../functions/client-timeouts.js";
import { resolveShutdownTimeout } from "../options/shutdown-timeout.js";
import { fetchTransport } from "./fetch-transport.js";
import { INTAKE_DEFAULTS, SEND_TIMEOUT_MS } from "../options/intake-options.js";
import { edgePlatform, isCloudflare } from "./platform.js";
import { sharedPipeline } from "./shared-pipelines.js";

/**
 * How the SDKs of edge runtimes make their transports, also where a bundler shortened names. These send only while they
 * are flushed, and say nothing about how it went.
 */
const OWN_BUFFER = /\bnew \w+\(\w+\.bufferSize\)/;

/**
 * Puts a queue behind `Sentry.metrics` of an SDK for an edge runtime. Metrics leave by the `fetch` of the runtime,
 * not by the transport of the SDK. On Cloudflare all clients with one endpoint share a queue, with the options of the
 * first.
 */
export function spanmeterIntegration(options: IntakeOptions = {}): SpanmeterIntegration {
  const isShared = isCloudflare();

  function open(client: SentryClient): Pipeline {
    const url = endpointOf(client);
    const given: NodeOptions = { ...readClientOptions(client), ...options };
    if (isShared) given.beforeSendMetric = hookOfRequest(given.beforeSendMetric);
    const create = (): Pipeline =>
      createEdgePipeline(fetchTransport, { ...client.getOptions().transportOptions, url }, given);
    return isShared && given.enableMetrics !== false ? sharedPipeline(url, create) : create();
  }

  return createIntegration(open, console, isShared);
}

/**
 * Wraps a transport for `Sentry.init` of an SDK for an edge runtime: metrics leave through a queue. On Cloudflare all
 * transports with one endpoint share it, with the options of the first.
 */
export function makeMetricsTransport<O extends TransportOptions>(
  make: (options: O) => Transport,
  options: MetricsTransportOptions = {},
): (options: O) => Transport {
  return function makeTransport(given) {
    const isShared = isCloudflare();
    const isDefault = OWN_BUFFER.test(Function.prototype.toString.call(make));
    const create = (): Pipeline =>
      createEdgePipeline(isDefault ? fetchTransport : (make as TransportFactory), given, {
        maxMetricBytes: MAX_METRIC_BYTES,
        ...options,
      });
    const open = (): Pipeline => (isShared ? sharedPipeline(given.url, create) : create());
    return wrapTransport(make(given), open, console, isShared);
  };
}

/** Each client may have a hook of its own: the one of the request that records decides. */
function hookOfRequest(first: NodeOptions["beforeSendMetric"]): NodeOptions["beforeSendMetric"] {
  return (
    first &&
    ((metric) => {
      const client = activeSentryClient(globalThis);
      const hook = client && readClientOptions(client).beforeSendMetric;
      return (hook ?? first)(metric);
    })
  );
}

function createEdgePipeline(
  make: TransportFactory,
  transportOptions: Omit<TransportOptions, "recordDroppedEvent">,
  { shutdown, ...options }: NodeOptions,
): Pipeline {
  const platform = edgePlatform();
  const pipeline = createPipeline(
    { sendTimeout: SEND_TIMEOUT_MS, ...options },
    { ...platform, defaults: { ...platform.defaults, ...INTAKE_DEFAULTS } },
    fixedDestination(secondInstance(make), transportOptions),
  );
  rememberTimeout(pipeline.engine.settings, resolveShutdownTimeout(shutdown));
  recordBehindSentry(openClient);
  return pipeline;
}

function openClient(pipeline: Pipeline): Client {
  return createClientOn(pipeline, { ...pipeline.engine.settings }, edgePlatform().parts);
}
