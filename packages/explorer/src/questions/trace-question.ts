import type { MetricIdentity, MetricType } from "../model/metric.js";
import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import type { IdentityOptions } from "./metric-choice.js";
import { readMetricType } from "./metric-type.js";
import { readLimit } from "./page-limit.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";
import {
  readTraceCursor,
  readTraceOrder,
  type TraceOrder,
  type TracePlace,
} from "./trace-order.js";

/** Options of `queries.traces`. */
export interface TraceListOptions extends Omit<TimeRangeOptions, "since">, IdentityOptions {
  /**
   * Name of a metric: only traces in which it was recorded.
   * @default every trace
   */
  metric?: string | undefined;
  /**
   * Filters such as `@level=error`; one item of the trace (of the metric, if one is given) must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * Start of the time range, in the forms that `series` takes: the matching item must be in the range.
   * @default no limit; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * The order: `time` (of the start), `duration`, `errors` or `spans`, with `-` before it the greatest first.
   * @default "-time"
   */
  sort?: string | undefined;
  /**
   * The `next` of an answer with the same options: the traces after it, as they were at the first page.
   * @default the first traces
   */
  cursor?: string | undefined;
  /**
   * Most traces to return, from 1 to 1000.
   * @default 20
   */
  limit?: number | undefined;
}

/** A valid question for traces. */
export interface TraceQuestion {
  /** `undefined`: every trace. */
  readonly metric: MetricIdentity | undefined;
  readonly type: MetricType | undefined;
  readonly unit: string | undefined;
  readonly filters: readonly Filter[];
  /** `undefined`: however old. */
  readonly range: TimeRange | undefined;
  readonly order: TraceOrder;
  /** `undefined`: from the first trace. */
  readonly after: Omit<TracePlace, "upToSeq"> | undefined;
  /** The newest item that counts. */
  readonly upToSeq: bigint;
  readonly limit: number;
}

/**
 * Reads the options. Throws a usage error for options that are not valid.
 * @param lastSeq - the `seq` of the newest item
 */
export function readTraceQuestion(
  options: TraceListOptions,
  {
    metric,
    lastSeq,
    nowNs,
  }: { metric: MetricIdentity | undefined; lastSeq: bigint; nowNs: bigint },
): TraceQuestion {
  const { type, unit, since, until, where = [], cursor } = options;
  const order = readTraceOrder(options.sort);
  const after = cursor === undefined ? undefined : readTraceCursor(cursor, order);
  const hasRange = since !== undefined || until !== undefined;
  return {
    metric,
    type: metric?.type ?? (type === undefined ? undefined : readMetricType(type)),
    unit: metric?.unit ?? unit,
    filters: where.map(readFilter),
    range: hasRange ? readTimeRange(options, nowNs) : undefined,
    order,
    after,
    upToSeq: after?.upToSeq ?? lastSeq,
    limit: readLimit(options.limit),
  };
}
