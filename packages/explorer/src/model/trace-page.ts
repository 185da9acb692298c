import type { Kind, Verdict } from "./received-item.js";
import type { TraceRoot } from "./trace-list.js";

/** A span of a trace, as a waterfall shows it. */
export interface PageSpan {
  /** The id of the item, by which its attributes can be read. */
  id: string;
  spanId: string;
  parentSpanId?: string;
  op?: string;
  /** Name of the span, at most 1000 characters. */
  name: string;
  status?: string;
  /** Depth in the tree of spans: 0 for a root span, and for a span whose parent was not received. */
  depth: number;
  /** Time from the start of the trace to the start of the span, in milliseconds. */
  offsetMs: number;
  /** Duration of the span, in milliseconds. */
  durationMs: number;
  /** Time in the span and in none of its children, in milliseconds. */
  selfMs: number;
  /** Median of the self time of spans with this `op` and name in other traces, in milliseconds; absent without any. */
  typicalMs?: number;
  /** Number of spans that `typicalMs` rests on. */
  typicalSpans?: number;
}

/** An error, log or metric in a trace. */
export interface TraceMark {
  /** The id of the item, by which its attributes can be read. */
  id: string;
  /** Kind of the item. A span that is dropped is a mark, too. */
  kind: Kind;
  verdict: Verdict;
  /** Id of the span in which it was recorded, which may not have been received. */
  spanId?: string;
  /** Error title, log body or metric name, at most 1000 characters. */
  name: string;
  /** Time from the start of the trace, in milliseconds. */
  offsetMs: number;
  level?: string;
  type?: string;
  unit?: string;
  value?: number;
  /** Number of calls that a metric stands for; absent when it is one. */
  calls?: number;
}

/** Traces with the same root as another one. */
export interface TypicalTrace {
  /** How many they are, the newest ones, at most 200. */
  traces: number;
  /** Median of their durations, in milliseconds. */
  durationMs: number;
}

/** A trace with what a waterfall shows; `queries.item` returns the rest of an item. */
export interface TracePage {
  /** Id of the trace: 32 hex digits. */
  traceId: string;
  /** Its root; absent when no span was received. */
  root?: TraceRoot;
  /** Start of the first span, RFC 3339; of the first item when no span was received. */
  start: string;
  /** Time from `start` to the end of the last span, or to the last item when no span was received, in milliseconds. */
  durationMs: number;
  /** The traces on which typical times rest; absent when no other trace has the same root. */
  typical?: TypicalTrace;
  /** The spans in the order of a waterfall: each span after its parent, siblings by their start. */
  spans: PageSpan[];
  /** Errors, logs and metrics, by time. */
  marks: TraceMark[];
  /** Whether the trace has more items than were read. */
  truncated: boolean;
}
