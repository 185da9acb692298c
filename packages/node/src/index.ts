export { createClient, init } from "./init.js";
export type { NodeClient } from "./functions/disposable.js";
export type { NodeOptions } from "./options/node-options.js";
export { withFlush } from "./functions/with-flush.js";
export type { ShutdownOptions } from "./options/shutdown-options.js";
export { continueTrace } from "./context/async-trace.js";
export type { HeadersLike } from "./context/headers.js";
export { consoleTransport } from "./transport/local/console-transport.js";
export { fetchTransport } from "./transport/http/fetch-transport.js";
export type { FetchTransportOptions } from "./transport/http/fetch-transport.js";
export { fileTransport } from "./transport/local/file-transport.js";
export { httpTransport } from "./transport/http/http-transport.js";
export type { CaCerts, HttpSettings, HttpTransportOptions } from "./options/http-settings.js";
export { metrics } from "./metrics.js";
export {
  close,
  fanOut,
  flush,
  getClient,
  memoryTransport,
  setAttributes,
  withAttributes,
} from "@spanmeter/core";
export type {
  Attributes,
  AttributeValue,
  ChangedMetric,
  Client,
  Drop,
  DropReason,
  Envelope,
  KnownUnit,
  MemoryTransport,
  Metric,
  MetricOptions,
  Metrics,
  MetricType,
  Options,
  ScopeLike,
  Stats,
  Trace,
  TraceSource,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Unit,
} from "@spanmeter/core";
