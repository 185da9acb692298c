import type { TraceCounts } from "./exemplar.js";
import type { MetricIdentity } from "./metric.js";

/** The root of a trace: its first span without a parent, or the first span at all. */
export interface TraceRoot {
  /** Operation of the span. */
  op?: string;
  /** Name of the span. */
  name: string;
}

/** A trace in numbers. */
export interface TraceSummary extends TraceCounts {
  /** Id of the trace: 32 hex digits. */
  traceId: string;
  /** Its root; absent when no span was received. */
  root?: TraceRoot;
  /** Start of the first span, RFC 3339; of the first item when no span was received. */
  start: string;
  /** Time from `start` to the end of the last span, or to the last item when no span was received, in milliseconds. */
  durationMs: number;
  /** Stored metrics, without dropped ones. */
  metrics: number;
  /** The greatest value of the metric asked for, among the items that match. */
  value?: number;
}

/** A page of traces. */
export interface TraceList {
  /** The metric asked for. */
  metric?: MetricIdentity;
  /** The traces, in the order asked for. */
  traces: TraceSummary[];
  /** The `cursor` of the next page; absent after the last one. */
  next?: string;
}
