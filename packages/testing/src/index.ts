export { BrokenRule } from "./readers/broken-rule.js";
export type { EnvelopeRules, ReadItem } from "./readers/envelope-rules.js";
export { createFakeClock, settle, type FakeClock } from "./fakes/fake-clock.js";
export {
  allParts,
  createFakePlatform,
  seededRandom,
  type FakeLine,
  type FakePlatform,
} from "./fakes/fake-platform.js";
export { pendingMetric, type GivenMetric } from "./fakes/pending-metric.js";
export { createFakeTransport, type FakeSend, type FakeTransport } from "./fakes/fake-transport.js";
export type { Reply } from "./servers/ingest-reply.js";
export type { IngestRequest } from "./servers/ingest-request.js";
export {
  startIngest,
  type IngestOptions,
  type IngestServer,
  type Replies,
} from "./servers/ingest-server.js";
export { metricSize } from "./readers/metric-size.js";
export type { ReadClientReport, ReadDiscard } from "./readers/read-client-report.js";
export { readEnvelope, type ReadEnvelope } from "./readers/read-envelope.js";
export type { ReadMetric } from "./readers/read-metrics.js";
export {
  createHttpRig,
  type Arrival,
  type HttpTransportRig,
  type TransportRig,
} from "./suites/transport-rig.js";
