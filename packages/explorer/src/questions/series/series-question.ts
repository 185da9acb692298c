import type { Aggregation } from "../../model/aggregation.js";
import type { MetricIdentity } from "../../model/metric.js";
import { readAggregations } from "../aggregations.js";
import type { Filter } from "../filter/filter.js";
import { readFilter } from "../filter/read-filter.js";
import type { IdentityOptions } from "../metric-choice.js";
import { usageError } from "../query-error.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "../time-range.js";
import { movedGrid, readCompare } from "./compare.js";
import { readGrid, type Grid } from "./interval.js";

const DEFAULT_TOP = 8;
const MAX_TOP = 50;
const MAX_AGGREGATIONS = 4;
const MAX_KEYS = 3;
const MAX_PER = 3;

/** Options of `queries.series`. */
export interface SeriesOptions extends TimeRangeOptions, IdentityOptions {
  /**
   * Names of the aggregations, at most four.
   * @default those that suit the type of the metric, at most four
   */
  aggregations?: readonly string[] | undefined;
  /**
   * Attribute keys to group by, at most three.
   * @default []
   */
  by?: readonly string[] | undefined;
  /**
   * Filters such as `route=/cart* and @value>=100`; an item must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * Length of the time buckets, for example `10s`; `auto` for about 120 of them.
   * @default "auto"
   */
  interval?: string | undefined;
  /**
   * How many groups have a series of their own, from 1 to 50. All others share one.
   * @default 8
   */
  top?: number | undefined;
  /**
   * The aggregation over the whole range by which groups are chosen: the largest first, with `-` before it, or the
   * smallest first.
   * @default the first aggregation, the largest first
   */
  sort?: string | undefined;
  /**
   * An earlier range to compare with: `previous`, a duration back (`1d`), its start, or its start and end (`A..B`).
   * @default none
   */
  compare?: string | undefined;
}

/** How groups are chosen. */
export interface GroupSort {
  readonly aggregation: Aggregation;
  readonly isDescending: boolean;
}

/** A valid question for the course of one metric over time. */
export interface SeriesQuestion {
  readonly metric: MetricIdentity;
  readonly aggregations: readonly Aggregation[];
  /** Attribute keys to group by, each once. */
  readonly by: readonly string[];
  readonly filters: readonly Filter[];
  readonly range: TimeRange;
  readonly grid: Grid;
  readonly top: number;
  readonly sort: GroupSort;
  /** The earlier range, and its buckets. */
  readonly earlier: { readonly range: TimeRange; readonly grid: Grid } | undefined;
}

/** Reads the options for a metric. Throws a usage error for options that are not valid. */
export function readSeriesQuestion(
  metric: MetricIdentity,
  options: SeriesOptions,
  nowNs: bigint,
): SeriesQuestion {
  const range = { ...readTimeRange(options, nowNs), isOpen: false };
  const grid = readGrid(options.interval, range);
  const { aggregations, ...groups } = readGroups(metric, options);
  if (options.aggregations !== undefined && aggregations.length > MAX_AGGREGATIONS)
    throw usageError(
      `there are ${aggregations.length} aggregations; ${MAX_AGGREGATIONS} are allowed`,
    );
  return {
    metric,
    ...groups,
    aggregations: aggregations.slice(0, MAX_AGGREGATIONS),
    range,
    grid,
    top: readTop(options.top),
    earlier: readEarlier(options.compare, { range, grid }, nowNs),
  };
}

/** Reads what a metric is grouped, filtered, aggregated and sorted by. Throws a usage error for options that are not valid. */
export function readGroups(
  metric: MetricIdentity,
  options: Pick<SeriesOptions, "aggregations" | "by" | "where" | "sort">,
): Pick<SeriesQuestion, "aggregations" | "by" | "filters" | "sort"> {
  const aggregations = readAggregations(metric.type, options.aggregations);
  const by = [...new Set(options.by)];
  if (by.length > MAX_KEYS) throw usageError(`by has ${by.length} keys; ${MAX_KEYS} are allowed`);
  return {
    aggregations,
    by,
    filters: (options.where ?? []).map(readFilter),
    sort: readSort(options.sort, metric, aggregations),
  };
}

function readTop(top = DEFAULT_TOP): number {
  if (Number.isInteger(top) && top >= 1 && top <= MAX_TOP) return top;
  throw usageError(`top must be a whole number from 1 to ${MAX_TOP}`);
}

/** Reads how many exemplars a bucket has. Throws a usage error for anything but 1 to 3. */
export function readPer(per: number = MAX_PER): number {
  if (Number.isInteger(per) && per >= 1 && per <= MAX_PER) return per;
  throw usageError(`per must be a whole number from 1 to ${MAX_PER}`);
}

function readSort(
  text: string | undefined,
  { type }: MetricIdentity,
  [first]: readonly Aggregation[],
): GroupSort {
  if (text === undefined) return { aggregation: first as Aggregation, isDescending: true };
  const isDescending = text.startsWith("-");
  const [aggregation] = readAggregations(type, [isDescending ? text.slice(1) : text]);
  return { aggregation: aggregation as Aggregation, isDescending };
}

function readEarlier(
  compare: string | undefined,
  { range, grid }: { range: TimeRange; grid: Grid },
  nowNs: bigint,
): SeriesQuestion["earlier"] {
  if (compare === undefined) return undefined;
  const earlier = readCompare(compare, range, nowNs);
  return { range: earlier, grid: movedGrid(grid, range, earlier) };
}
