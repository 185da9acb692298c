import type { ShownRange } from "./shown-range.js";

/** The types of metric that Sentry has. */
export const METRIC_TYPES = ["counter", "gauge", "distribution"] as const;

/** The type of a metric. */
export type MetricType = (typeof METRIC_TYPES)[number];

/** Name, type and unit of a metric. The same name with another type or unit is another metric. */
export interface MetricIdentity {
  /** Name of the metric, as Sentry stores it. */
  name: string;
  /** Type of the metric. */
  type: MetricType;
  /** Unit of the metric; `none` when it has no unit. */
  unit: string;
}

/** One metric of the list of metrics, with its counts in the range. */
export interface MetricSummary {
  /** Name of the metric, as Sentry stores it. */
  name: string;
  /** Type of the metric; `null` when every stored item with this name is dropped. */
  type: string | null;
  /** Unit of the metric: `none` when it has no unit, `null` when every stored item with this name is dropped. */
  unit: string | null;
  /** Stored items that Sentry would accept. */
  samples: number;
  /** Calls that these items stand for: a sampled item counts 1 / `sentry.client_sample_rate` times. */
  count: number;
  /** Stored items that Sentry would change. */
  changed: number;
  /** Stored items that Sentry would drop. Their type and unit may be missing, so they are counted per name. */
  dropped: number;
  /** Time of the oldest stored item, RFC 3339. */
  firstSeen: string;
  /** Time of the newest stored item, RFC 3339. */
  lastSeen: string;
  /** Value of the newest stored item that Sentry would accept; `null` when there is none. */
  lastValue: number | null;
  /** Bytes of the items that Sentry would accept, as it bills them. */
  bytes: number;
  /** Calls in a minute, on average over the range. */
  perMinute: number;
  /** Number of different attribute keys. */
  keys: number;
  /** Whether the name is also that of a metric with another type or unit. */
  collides: boolean;
  /** Calls in each bucket of the range; empty when none were asked for. */
  spark: number[];
}

/** The list of metrics. */
export interface MetricList {
  /** The range of time; without one asked for it is that of everything stored. */
  range: ShownRange;
  /** Length of the buckets of `spark`, in seconds; absent without buckets. The first one begins with the range. */
  bucketSeconds?: number;
  /** The metrics, in the order asked for, at most 10 000. */
  metrics: MetricSummary[];
  /** How many metrics there are. */
  total: number;
}
