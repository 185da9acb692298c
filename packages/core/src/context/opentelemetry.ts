import type { Trace, TraceSource } from "../contract/metric.js";

interface OpenTelemetryGlobal {
  context?: { active(): { getValue(key: symbol): unknown } };
}

/** The slot `@opentelemetry/api` 1.x keeps its registrations in; its name is part of that API. */
const API = Symbol.for("opentelemetry.js.api.1");
/** The context key under which `@opentelemetry/api` stores the active span. */
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

/** The active OpenTelemetry span, found without importing anything; nothing when there is none. */
export function openTelemetryTrace(global: object): Trace | undefined {
  const span = (global as { [API]?: OpenTelemetryGlobal })[API]?.context
    ?.active()
    .getValue(SPAN) as { spanContext(): Trace } | undefined;
  return span?.spanContext();
}

/** The same as a source for the `traceSources` option. */
export function openTelemetryTraceSource(global: object): TraceSource {
  return () => openTelemetryTrace(global);
}
