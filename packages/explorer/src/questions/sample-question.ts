import { VERDICTS, type Verdict } from "../model/received-item.js";
import type { MetricType } from "../model/metric.js";
import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import type { IdentityOptions } from "./metric-choice.js";
import { readChoice } from "./choice.js";
import { readMetricType } from "./metric-type.js";
import { readLimit } from "./page-limit.js";
import {
  isOrderByCount,
  readCursor,
  readOrder,
  type SampleOrder,
  type SamplePlace,
} from "./sample-order.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";

/** Options of `queries.samples`. */
export interface SampleOptions extends Omit<TimeRangeOptions, "since">, IdentityOptions {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default no limit; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * Name of the metric.
   * @default every metric, and the metric containers that were refused as a whole
   */
  name?: string | undefined;
  /**
   * Only samples with this verdict: `accepted`, `changed` or `dropped`.
   * @default every verdict
   */
  verdict?: string | undefined;
  /**
   * Filters such as `route=/cart* and @value>=100`; a sample must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * Most samples to return, from 1 to 1000.
   * @default 20
   */
  limit?: number | undefined;
  /**
   * The order: `time`, `value`, or how many `spans`, `errors` or `logs` the trace has; with `-` before it the greatest first.
   * In an order by value, items without one are left out.
   * @default "-time"
   */
  sort?: string | undefined;
  /**
   * The `next` of an answer with the same options: the samples after it. Items that arrived since do not move them.
   * @default the first samples
   */
  cursor?: string | undefined;
}

/** A valid question for single received metrics. */
export interface SampleQuestion {
  /** `undefined`: every metric, and the metric containers that were refused as a whole. */
  name: string | undefined;
  type: MetricType | undefined;
  unit: string | undefined;
  verdict: Verdict | undefined;
  filters: readonly Filter[];
  /** `undefined`: however old. */
  range: TimeRange | undefined;
  /** Most samples to return. */
  limit: number;
  order: SampleOrder;
  /** `undefined`: from the first sample. */
  after: Pick<SamplePlace, "key" | "seq"> | undefined;
  /** The newest item that counts; `undefined`: every item. */
  upToSeq: bigint | undefined;
}

/**
 * Reads the options. Throws a usage error for options that are not valid.
 * @param lastSeq - the `seq` of the newest item
 */
export function readSampleQuestion(
  options: SampleOptions,
  { nowNs, lastSeq }: { nowNs: bigint; lastSeq: bigint },
): SampleQuestion {
  const { name, type, unit, verdict, since, until, where = [], cursor } = options;
  const order = readOrder(options.sort);
  const after = cursor === undefined ? undefined : readCursor(cursor, order);
  const hasRange = since !== undefined || until !== undefined;
  return {
    limit: readLimit(options.limit),
    order,
    after,
    upToSeq: isOrderByCount(order) ? (after?.upToSeq ?? lastSeq) : undefined,
    name,
    type: type === undefined ? undefined : readMetricType(type),
    unit,
    verdict: verdict === undefined ? undefined : readChoice("verdict", verdict, VERDICTS),
    range: hasRange ? readTimeRange(options, nowNs) : undefined,
    filters: where.map(readFilter),
  };
}
