export type { Client } from "./client.js";
export { sentryTraceSource } from "./context/sentry.js";
export { openTelemetryTraceSource } from "./context/opentelemetry.js";
export { parseSentryTrace, parseTraceparent, traceFromHeaders } from "./context/headers.js";
export { createClient } from "./create-client.js";
export { randomTraceId } from "./fallback-trace.js";
export type { Drop, DropReason, Stats } from "./drop.js";
export { copyAttributes, type Bag } from "./attributes.js";
export type {
  Attributes,
  AttributeValue,
  ChangedMetric,
  KnownUnit,
  Metric,
  MetricOptions,
  Metrics,
  MetricType,
  ScopeLike,
  Trace,
  TraceSource,
  Unit,
} from "./metric.js";
export {
  close,
  flush,
  getClient,
  makeCurrent,
  metrics,
  setAttributes,
  withAttributes,
} from "./metrics.js";
export type { Options } from "./options.js";
export type {
  AttributeContext,
  Lifecycle,
  Platform,
  PlatformConsole,
  PlatformDefaults,
  PlatformRuntime,
  RetryLimits,
  Undo,
} from "./platform.js";
export { consoleTransport } from "./transport/console.js";
export { createTransport, type Exit, type Request } from "./transport/create-transport.js";
export { withRateLimits } from "./transport/with-rate-limits.js";
export { fanOut } from "./transport/fan-out.js";
export {
  fetchTransport,
  readResponse,
  type Fetch,
  type FetchTransportOptions,
} from "./transport/fetch.js";
export { memoryTransport, type MemoryTransport } from "./transport/memory.js";
export { serializeEnvelope } from "./transport/serialize.js";
export type {
  Envelope,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
} from "./transport-contract.js";
export { encodeMetrics } from "./encode/container.js";
export type { Container, EncodeMetrics, Waiting } from "./waiting.js";
export { VERSION } from "./version.js";
export { encodeWithoutEncoder } from "./engine/runtime.js";
export { classifyStatus, type StatusClass } from "./engine/statuses.js";
export { setDeadline, withTimeout, type Timers } from "./engine/with-timeout.js";
