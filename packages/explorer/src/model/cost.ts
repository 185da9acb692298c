import type { MetricType } from "./metric.js";
import type { ShownRange } from "./shown-range.js";

/** How the bytes of metrics can be split: by metric, by the key of an attribute, or by the SDK that sent them. */
export const COST_KEYS = ["metric", "key", "sdk"] as const;

/** One way to split the bytes of metrics. */
export type CostKey = (typeof COST_KEYS)[number];

/** Items, bytes, and what they would cost in a month at this rate. */
export interface Cost {
  /** Stored items that Sentry would accept, each counted once. With `by=key` those that have the attribute. */
  items: number;
  /** Bytes, as Relay measures and Sentry bills them. */
  bytes: number;
  /** Items and bytes in a minute, on average over the range. */
  perMinute: { items: number; bytes: number };
  /** Bytes of 30 days at this rate, and their price. */
  month: { bytes: number; price: number };
}

/** The cost of one metric, attribute or SDK. */
export interface CostRow extends Cost {
  /**
   * Name of the metric, key of the attribute, or `name/version` of the SDK. It is `null` for the bytes of no attribute (names,
   * values, and attributes that Sentry removes), and for items of an unknown SDK.
   */
  name: string | null;
  /** Type of the metric; only with `by=metric`. */
  type?: MetricType;
  /** Unit of the metric, `none` when it has no unit; only with `by=metric`. */
  unit?: string;
  /** Part of all bytes, from 0 to 1. */
  share: number;
}

/** The cost of metrics. */
export interface CostAnswer {
  /** How the bytes are split. */
  by: CostKey;
  /** The part of the range asked for since which anything is stored, of at least a minute. */
  range: ShownRange;
  /** Price of a GB (a thousand million bytes). */
  price: number;
  /** GB of a month that cost nothing. They are deducted from the total, and from each row in proportion to its bytes. */
  free: number;
  /** The cost of all metrics, with those that have no row. */
  total: Cost;
  /** The rows, those with the most bytes first. */
  rows: CostRow[];
  /** How many rows there are, and how many of them are in this answer. */
  groups: { total: number; shown: number };
}
