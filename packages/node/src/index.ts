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
  attributeRules,
  close,
  fanOut,
  flush,
  fold,
  getClient,
  keyedHash,
  memoryTransport,
  raw,
  reservoir,
  sample,
  setAttributes,
  withAttributes,
} from "@spanmeter/core";
export type {
  AttributeNames,
  AttributeRuleOptions,
  AttributeRules,
  Attributes,
  AttributeValue,
  BoundOptions,
  ChangedMetric,
  Client,
  Counter,
  Distribution,
  Drop,
  DropReason,
  Envelope,
  FoldOptions,
  Gauge,
  InstrumentOptions,
  KeyedHashOptions,
  KnownUnit,
  MemoryTransport,
  Metric,
  MetricOptions,
  Metrics,
  MetricStats,
  MetricType,
  NameMatch,
  Options,
  Policy,
  ReservoirOptions,
  ScopeLike,
  Stats,
  Trace,
  TraceSource,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Unit,
  VolumeRule,
} from "@spanmeter/core";
