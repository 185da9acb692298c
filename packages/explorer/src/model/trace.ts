import type { Item } from "./item.js";

/** One span of a trace, with its place in the waterfall. */
export interface TraceSpan {
  /** The span or transaction. */
  span: Item;
  /** Depth in the tree of spans: 0 for a root span, and for a span whose parent was not received. */
  depth: number;
  /** Time from the start of the trace to the start of the span, in milliseconds. */
  offsetMs: number;
  /** Metrics, logs and errors that were recorded while the span was active, by time. */
  items: Item[];
}

/** A trace: its spans, and everything that was recorded in them. */
export interface Trace {
  /** Id of the trace: 32 hex digits. */
  traceId: string;
  /** Start of the first span, RFC 3339; of the first item when no span was received. */
  start: string;
  /** Time from `start` to the end of the last span, or to the last item when no span was received, in milliseconds. */
  durationMs: number;
  /** The spans in the order of a waterfall: each span after its parent, siblings by their start. */
  spans: TraceSpan[];
  /** Items of the trace that belong to none of its stored spans. */
  unattached: Item[];
  /** Whether the trace has more items than were read. */
  truncated: boolean;
}
