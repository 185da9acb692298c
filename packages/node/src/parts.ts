import {
  beforeSend,
  openTelemetry,
  sampling,
  serverSentry,
  spotlight,
  trimming,
  volume,
  waitForSentry,
} from "@spanmeter/core";
import type { Part, TraceSource, TransportFactory } from "@spanmeter/core";

/** Every part of core, with the trace and the transport for copies of this runtime. */
export const allParts = (
  traceSource: TraceSource,
  spotlightTransport: TransportFactory,
): readonly Part[] => [
  serverSentry(),
  openTelemetry(),
  { createTraceSource: () => traceSource },
  sampling(),
  beforeSend(),
  trimming(),
  volume(),
  waitForSentry(),
  spotlight(spotlightTransport),
];
