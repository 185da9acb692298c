import type { Trace } from "../metric.js";
import { openTelemetryTrace } from "./opentelemetry.js";
import { traceOf, type Sight } from "./sentry.js";
import type { Answer } from "./trace.js";

const TRACES = Symbol.for("spanmeter.traces");

/** The trace of a Sentry SDK, else of OpenTelemetry, else the one node keeps for `continueTrace`. */
export function activeTrace(
  global: object,
  sight: Sight | undefined,
): Answer | undefined {
  return sight
    ? traceOf(sight.current, sight.carrier)
    : (openTelemetryTrace(global) ??
        (global as { [TRACES]?: { getStore(): Trace | undefined } })[TRACES]?.getStore());
}
