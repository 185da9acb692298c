import { openTelemetryTrace } from "./opentelemetry.js";
import { traceOf, type Sight } from "./sentry.js";
import type { Answer } from "./trace.js";

/** The trace of the Sentry SDK in sight, else the active span of OpenTelemetry. */
export function activeTrace(global: object, sight: Sight | undefined): Answer | undefined {
  return sight ? traceOf(sight.current, sight.carrier) : openTelemetryTrace(global);
}
