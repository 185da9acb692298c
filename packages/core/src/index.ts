export type { Client } from "./contract/client.js";
export { sentryTraceSource } from "./context/sentry.js";
export { openTelemetryTraceSource } from "./context/opentelemetry.js";
export { parseSentryTrace, parseTraceparent, traceFromHeaders } from "./context/headers.js";
export { createClient } from "./create-client.js";
export { randomTraceId } from "./engine/fallback-trace.js";
export type { Drop, DropReason, Stats } from "./contract/drop.js";
export { copyAttributes, type Bag } from "./engine/attributes.js";
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
} from "./contract/metric.js";
export {
  close,
  flush,
  getClient,
  makeCurrent,
  metrics,
  setAttributes,
  withAttributes,
} from "./current/current-client.js";
export type { Options } from "./contract/options.js";
export type {
  AttributeContext,
  Lifecycle,
  Platform,
  PlatformConsole,
  PlatformDefaults,
  PlatformRuntime,
  RetryLimits,
  Undo,
} from "./contract/platform.js";
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
} from "./contract/transport.js";
export { encodeMetrics } from "./encode/container.js";
export type { Container, EncodeMetrics, Waiting } from "./contract/pending-metric.js";
export { VERSION } from "./engine/version.js";
export { encodeWithoutEncoder } from "./engine/runtime.js";
export { classifyStatus, type StatusClass } from "./engine/statuses.js";
export { setDeadline, withTimeout, type Timers } from "./engine/with-timeout.js";
