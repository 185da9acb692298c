import type { Aggregation } from "../model/aggregation.js";
import type { MetricIdentity } from "../model/metric.js";
import type { Filter } from "./filter/filter.js";
import { readCursorText, writeCursorText, type Order } from "./order.js";
import { readLimit } from "./page-limit.js";
import { readCompare } from "./series/compare.js";
import { readGroups, type GroupSort, type SeriesOptions } from "./series/series-question.js";
import { readTimeRange, type TimeRange } from "./time-range.js";

/** Options of `queries.table`. */
export interface TableOptions extends Omit<
  SeriesOptions,
  "interval" | "top" | "sort" | "aggregations"
> {
  /**
   * Names of the aggregations.
   * @default those that suit the type of the metric
   */
  aggregations?: readonly string[] | undefined;
  /**
   * The aggregation that orders the groups: the largest first, with `-` before it, or the smallest first.
   * @default the first aggregation, the largest first
   */
  sort?: string | undefined;
  /**
   * Most groups to return, from 1 to 1000.
   * @default 20
   */
  limit?: number | undefined;
  /**
   * The `next` of an answer with the same options: the groups after it, as they were at the first page.
   * @default the first groups
   */
  cursor?: string | undefined;
}

/** The place after one group, and the state of the store at the first page. */
export interface TablePlace {
  /** How many groups come before. */
  readonly offset: number;
  /** The moment that relative times count back from, in nanoseconds since the epoch. */
  readonly nowNs: bigint;
  /** The newest item that counts. Groups grow, and would move between pages. */
  readonly upToSeq: bigint;
}

/** A valid question for the groups of a metric. */
export interface TableQuestion {
  readonly metric: MetricIdentity;
  readonly aggregations: readonly Aggregation[];
  /** Attribute keys to group by, each once. */
  readonly by: readonly string[];
  readonly filters: readonly Filter[];
  readonly range: TimeRange;
  readonly sort: GroupSort;
  /** The earlier range. */
  readonly earlier: TimeRange | undefined;
  readonly limit: number;
  readonly place: TablePlace;
}

/** Reads the options for a metric. Throws a usage error for options that are not valid. */
export function readTableQuestion(
  options: TableOptions,
  { metric, lastSeq, nowNs }: { metric: MetricIdentity; lastSeq: bigint; nowNs: bigint },
): TableQuestion {
  const groups = readGroups(metric, options);
  const { cursor, compare } = options;
  const first = { offset: 0, nowNs, upToSeq: lastSeq };
  const place = cursor === undefined ? first : readTableCursor(cursor, groups.sort);
  const range = { ...readTimeRange(options, place.nowNs), isOpen: false };
  return {
    metric,
    ...groups,
    range,
    earlier: compare === undefined ? undefined : readCompare(compare, range, place.nowNs),
    limit: readLimit(options.limit),
    place,
  };
}

const orderOf = ({ aggregation, isDescending }: GroupSort): Order => ({
  by: aggregation,
  isDescending,
});

/** Writes the cursor of the groups after a place, in an order. */
export const writeTableCursor = (sort: GroupSort, place: TablePlace): string =>
  writeCursorText(orderOf(sort), [place.offset, place.nowNs, place.upToSeq]);

function readTableCursor(text: string, sort: GroupSort): TablePlace {
  const forms = [/^\d{1,9}$/, /^\d{1,19}$/, /^\d{1,18}$/];
  const [offset = "", nowNs = "", upToSeq = ""] = readCursorText(text, orderOf(sort), forms);
  return { offset: Number(offset), nowNs: BigInt(nowNs), upToSeq: BigInt(upToSeq) };
}
