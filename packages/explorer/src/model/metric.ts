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

/** One metric of the list of metrics, with its counts. */
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
}
