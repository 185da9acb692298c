export type { Client } from "./contract/client.js";
export type { Drop, DropReason, MetricStats, Stats } from "./contract/drop.js";
export type { EncodedMetrics, EncodeMetrics } from "./contract/encoder.js";
export type {
  AttributeMap,
  Attributes,
  AttributeValue,
  BoundOptions,
  ChangedMetric,
  Counter,
  Distribution,
  Gauge,
  InstrumentOptions,
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
export type { Options } from "./contract/options.js";
export type { Part, Platform } from "./contract/part.js";
export type { PendingMetric } from "./contract/pending-metric.js";
export type {
  AttributeRules,
  ChangeAttribute,
  NameMatch,
  Policy,
  VolumeRule,
} from "./contract/policy.js";
export type { Instrument, Series } from "./contract/series.js";
export type {
  AttributeContext,
  Lifecycle,
  PlatformConsole,
  PlatformDefaults,
  PlatformRuntime,
  PlatformServices,
  RetryLimits,
  Undo,
} from "./contract/platform.js";
export type {
  Envelope,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
} from "./contract/transport.js";
export { parseSentryTrace, parseTraceparent, traceFromHeaders } from "./context/headers.js";
export { openTelemetry, openTelemetryTraceSource } from "./context/opentelemetry.js";
export { changeMetric } from "./engine/waiting-metric.js";
export { sentry, serverSentry } from "./context/sentry-part.js";
export { sentryTraceSource } from "./context/sentry.js";
export { createClient, createClientOn } from "./create-client.js";
export { createPipeline } from "./create-pipeline.js";
export type { Pipeline } from "./contract/pipeline.js";
export {
  close,
  countEarly,
  createMetrics,
  flush,
  getClient,
  makeCurrent,
  setAttributes,
  withAttributes,
  type Early,
  type StartEarly,
} from "./current/current-client.js";
export { waitForSentry } from "./current/wait-for-sentry.js";
export { bufferEarly, metrics } from "./current/metrics.js";
export { encodeMetrics } from "./encode/container.js";
export { copyAttributes } from "./engine/attributes.js";
export { randomTraceId } from "./engine/fallback-trace.js";
export { limitsMetrics, readLimits, type RateLimit } from "./engine/rate-limits.js";
export { encodeWithoutEncoder } from "./engine/runtime.js";
export { byteLength } from "./engine/size.js";
export { classifyStatus, type StatusClass } from "./engine/statuses.js";
export { VERSION } from "./engine/version.js";
export { setDeadline, withTimeout, type Timers } from "./engine/with-timeout.js";
export { beforeSend } from "./record/hook.js";
export { recordBehindSentry } from "./intake/active-client.js";
export {
  MAX_METRIC_BYTES,
  readClientOptions,
  type IntakeOptions,
} from "./intake/intake-options.js";
export { endpointOf } from "./intake/endpoint.js";
export { fixedDestination } from "./intake/fixed-destination.js";
export { activeSentryClient, handOverActive } from "./intake/hand-over-active.js";
export { createIntegration, type SpanmeterIntegration } from "./intake/integration.js";
export { secondInstance } from "./intake/second-instance.js";
export { wrapTransport } from "./intake/wrap-transport.js";
export type { SentryClient, SentryClientSettings } from "./intake/sentry-client.js";
export { consoleTransport } from "./transport/console.js";
export {
  createTransport,
  type Request,
  type TransportRuntime,
} from "./transport/create-transport.js";
export { fanOut } from "./transport/fan-out.js";
export {
  fetchTransport,
  readResponse,
  type Fetch,
  type FetchTransportOptions,
} from "./transport/fetch.js";
export { memoryTransport, type MemoryTransport } from "./transport/memory.js";
export { createLoadPace } from "./queue/pace.js";
export { serializeEnvelope } from "./transport/serialize.js";
export { spotlight } from "./transport/spotlight.js";
export { withRateLimits } from "./transport/with-rate-limits.js";
export { attributeRules } from "./policies/attribute-rules.js";
export type { AttributeNames, AttributeRuleOptions } from "./policies/attribute-rules.js";
export { folding } from "./volume/fold.js";
export { keyedHash } from "./policies/keyed-hash.js";
export type { KeyedHashOptions } from "./policies/keyed-hash.js";
export { volume } from "./policies/volume.js";
export { fold, raw, reservoir, sample } from "./policies/policies.js";
export type { FoldOptions, ReservoirOptions } from "./policies/policies.js";
export { sampling } from "./volume/sample.js";
export { trimming } from "./volume/trim.js";
