import type { AttributeMap, MetricType, Trace } from "./metric.js";

/** A metric between its call and the wire. */
export interface PendingMetric {
  readonly type: MetricType;
  readonly name: string;
  readonly value: number;
  readonly unit: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly trace: Trace;
  readonly attributes: AttributeMap;
  /** Shared attributes, below `attributes` in precedence. One object serves many metrics. */
  readonly sharedAttributes: AttributeMap;
  /** Size as Relay measures it, with text counted in UTF-16 units; 0 until measured. */
  bytes: number;
  /** How many calls it stands for: 1, unless it was folded. */
  readonly calls: number;
  /** Order within one millisecond (`sentry.timestamp.sequence`), set when it enters the queue. */
  sequence: number;
  /** Its position in the order of arrival, set when it enters the queue. */
  arrivalIndex: number;
}
