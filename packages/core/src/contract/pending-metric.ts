import type { AttributeMap, Trace } from "./metric.js";
import type { Series } from "./series.js";

/**
 * A metric between its call and the wire. Its members may be getters: copy it by `changeMetric()`, not by spreading.
 */
export interface PendingMetric {
  /** Its type, name, unit and own attributes. */
  readonly series: Series;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly trace: Trace;
  /** Shared attributes, below those of the series in precedence. One object serves many metrics. */
  readonly sharedAttributes: AttributeMap;
  /** Size as Relay measures it, with text counted in UTF-16 units. */
  readonly bytes: number;
  /** How many calls it stands for: 1, unless it was folded. */
  readonly calls: number;
  /** Order within one millisecond (`sentry.timestamp.sequence`), set when it enters the queue. */
  sequence: number;
  /** Its position in the order of arrival, set when it enters the queue. */
  arrivalIndex: number;
}
