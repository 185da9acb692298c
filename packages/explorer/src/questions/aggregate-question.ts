import type { Aggregation } from "../model/aggregation.js";
import type { MetricIdentity } from "../model/metric.js";
import { readAggregations } from "./aggregations.js";
import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import { requireDuration } from "./duration.js";
import type { IdentityOptions } from "./metric-choice.js";
import { usageError } from "./query-error.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";

/** Rows of one answer. */
const MAX_ROWS = 10_000;

/** Options of `queries.aggregate`. */
export interface AggregateOptions extends TimeRangeOptions, IdentityOptions {
  /**
   * Names of the aggregations.
   * @default those that suit the type of the metric
   */
  aggregations?: readonly string[] | undefined;
  /**
   * Attribute keys to group by.
   * @default []
   */
  by?: readonly string[] | undefined;
  /**
   * Filters such as `route=/cart* and @value>=100`; an item must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * Length of the time buckets, for example `10s`.
   * @default one bucket over the whole range
   */
  interval?: string | undefined;
}

/** A valid question for the aggregated values of one metric. */
export interface AggregateQuestion {
  metric: MetricIdentity;
  aggregations: readonly Aggregation[];
  /** Attribute keys to group by, each once. */
  by: readonly string[];
  filters: readonly Filter[];
  range: TimeRange;
  /** Length of the time buckets in nanoseconds; `undefined`: one bucket over the whole range. */
  intervalNs: bigint | undefined;
  /** Most rows to return. */
  limit: number;
}

/** Reads the options for a metric. Throws a usage error for options that are not valid. */
export function readAggregateQuestion(
  metric: MetricIdentity,
  options: AggregateOptions,
  nowNs: bigint,
): AggregateQuestion {
  const question: AggregateQuestion = {
    metric,
    aggregations: readAggregations(metric.type, options.aggregations),
    by: [...new Set(options.by)],
    filters: (options.where ?? []).map(readFilter),
    range: readTimeRange(options, nowNs),
    intervalNs: options.interval ? requireDuration("interval", options.interval) : undefined,
    limit: MAX_ROWS,
  };
  checkBuckets(question);
  return question;
}

function checkBuckets({ range, intervalNs, limit }: AggregateQuestion): void {
  if (intervalNs === undefined) return;
  const buckets = (range.untilNs - range.sinceNs) / intervalNs;
  if (buckets > limit)
    throw usageError(`interval cuts the range into ${buckets} buckets, ${limit} are allowed`);
}
