export { init, createClient } from "./init.js";
export { consoleTransport } from "./transport/console.js";
export { keepaliveTransport } from "./transport/keepalive.js";
export type { KeepaliveTransportOptions } from "./transport/keepalive.js";
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
  Metric,
  MetricOptions,
  MemoryTransport,
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
