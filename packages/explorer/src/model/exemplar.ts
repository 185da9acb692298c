import type { MetricIdentity } from "./metric.js";

/** Why an item stands for its bucket: its greatest value, the one nearest to the drawn line, or one by chance. */
export const EXEMPLAR_REASONS = ["max", "near", "random"] as const;

/** Why an item is an exemplar. */
export type ExemplarReason = (typeof EXEMPLAR_REASONS)[number];

/** A single metric that shows what a bucket of a chart consists of. */
export interface Exemplar {
  /** The id of the item. */
  id: string;
  /** Time at which it happened, RFC 3339 with nanoseconds. */
  time: string;
  /** Place of its bucket in the `times` of the series with the same options. */
  bucket: number;
  /** Value of the metric. */
  value: number;
  traceId?: string;
  spanId?: string;
  /** The value of each `by` key as text; absent for an item of the others. */
  group?: Record<string, string | null>;
  /** Why it was chosen. */
  why: ExemplarReason;
  /** Stored spans, errors and logs of its trace. */
  trace: TraceCounts;
}

/** How much of a trace is stored. */
export interface TraceCounts {
  spans: number;
  errors: number;
  logs: number;
}

/** The exemplars of a metric over time. */
export interface Exemplars {
  /** The metric. */
  metric: MetricIdentity;
  /** The exemplars, by time. */
  exemplars: Exemplar[];
}
