export { BrokenRule } from "./broken-rule.js";
export type { EnvelopeRules, ReadItem } from "./envelope-rules.js";
export { createFakeClock, settle, type FakeClock } from "./fake-clock.js";
export {
  createFakePlatform,
  seededRandom,
  type FakeLine,
  type FakePlatform,
} from "./fake-platform.js";
export { createFakeTransport, type FakeSend, type FakeTransport } from "./fake-transport.js";
export type { Reply } from "./ingest-reply.js";
export type { IngestRequest } from "./ingest-request.js";
export {
  startIngest,
  type IngestOptions,
  type IngestServer,
  type Replies,
} from "./ingest-server.js";
export { metricSize } from "./metric-size.js";
export type { ReadClientReport, ReadDiscard } from "./read-client-report.js";
export { readEnvelope, type ReadEnvelope } from "./read-envelope.js";
export type { ReadMetric } from "./read-metrics.js";
export {
  createHttpRig,
  type Arrival,
  type HttpTransportRig,
  type TransportRig,
} from "./transport-rig.js";
