import { openTelemetryTrace } from "./opentelemetry.js";
import { traceOf, type SentryState } from "./sentry.js";
import type { TraceIds } from "./trace.js";

/** The trace of the Sentry SDK in use, else the active span of OpenTelemetry. */
export function activeTrace(global: object, sentry: SentryState | undefined): TraceIds | undefined {
  return sentry ? traceOf(sentry.current, sentry.carrier) : openTelemetryTrace(global);
}
