import type { Aggregation } from "./aggregation.js";
import type { MetricIdentity } from "./metric.js";
import type { Note } from "./received-item.js";

/** One row of an aggregated metric: one group, in one time bucket. */
export interface AggregateRow {
  /** The value of each `by` key as text; `null` for items without that attribute. */
  group: Record<string, string | null>;
  /** Start of the time bucket, RFC 3339; only with `interval`. Empty buckets have no row. */
  time?: string;
  /** The value of each aggregation; `null` where it is too large for a double (see `notes`). */
  values: Record<string, number | null>;
  /** Stored items in this row, each counted once. */
  samples: number;
}

/** An aggregated metric. */
export interface Aggregate {
  /** The metric that was aggregated. */
  metric: MetricIdentity;
  /** The aggregations in each row, in the order asked for. */
  aggregations: Aggregation[];
  /** The time range, as RFC 3339 times and as its length in seconds. */
  range: { since: string; until: string; seconds: number };
  /** Length of a time bucket in seconds; only with `interval`. */
  intervalSeconds?: number;
  /** The rows, by time bucket, then by the first aggregation (largest first). */
  rows: AggregateRow[];
  /** Whether there are more rows than were returned. */
  truncated: boolean;
  /** Remarks about the values: `overflow` for values that a double cannot hold. */
  notes: Note[];
}
