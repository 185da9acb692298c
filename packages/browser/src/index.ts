export { init, createClient } from "./init.js";
export { keepaliveTransport } from "./transport/keepalive.js";
export type { KeepaliveTransportOptions } from "./transport/keepalive.js";
export {
  close,
  consoleTransport,
  fanOut,
  fetchTransport,
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
  Client,
  Drop,
  DropReason,
  KnownUnit,
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
  Unit,
} from "@spanmeter/core";
