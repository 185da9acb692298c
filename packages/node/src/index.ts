export { createClient, init } from "./init.js";
export type { NodeClient } from "./disposable.js";
export type { NodeOptions } from "./options.js";
export { withFlush } from "./lifecycle/with-flush.js";
export type { ShutdownOptions } from "./lifecycle/shutdown-options.js";
export { continueTrace } from "./context/async-trace.js";
export type { HeadersLike } from "./context/headers.js";
export { consoleTransport } from "./transport/console.js";
export { fetchTransport } from "./transport/fetch.js";
export type { FetchTransportOptions } from "./transport/fetch.js";
export { fileTransport } from "./transport/file.js";
export { httpTransport } from "./transport/http.js";
export type { HttpSettings, HttpTransportOptions } from "./transport/http.js";
export type { CaCerts } from "./transport/route.js";
export {
  close,
  fanOut,
  flush,
  getClient,
  memoryTransport,
  metrics,
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
