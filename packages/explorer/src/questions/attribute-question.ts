import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import type { IdentityOptions } from "./metric-choice.js";
import type { MetricType } from "../model/metric.js";
import { readMetricType } from "./metric-type.js";
import { readLimit } from "./page-limit.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";

/** Options of `queries.attributes`. */
export interface AttributeOptions extends TimeRangeOptions, IdentityOptions {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default no limit; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * Filters such as `route=/cart*`; an item must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
}

/** Options of `queries.attributeValues`. */
export interface AttributeValueOptions extends AttributeOptions {
  /**
   * A part of the values to return, in any case.
   * @default every value
   */
  q?: string | undefined;
  /**
   * Most values to return, from 1 to 1000.
   * @default 20
   */
  limit?: number | undefined;
}

/** A valid question for the attributes of a metric. */
export interface AttributeQuestion {
  readonly name: string;
  readonly type: MetricType | undefined;
  readonly unit: string | undefined;
  readonly filters: readonly Filter[];
  /** `undefined`: however old. */
  readonly range: TimeRange | undefined;
}

/** A valid question for the values of one attribute. */
export interface AttributeValueQuestion extends AttributeQuestion {
  readonly key: string;
  /** A part of the values; empty for every value. */
  readonly part: string;
  readonly limit: number;
}

/** Reads the options. Throws a usage error for options that are not valid. */
export function readAttributeQuestion(
  name: string,
  options: AttributeOptions,
  nowNs: bigint,
): AttributeQuestion {
  const { type, unit, since, until, where = [] } = options;
  const hasRange = since !== undefined || until !== undefined;
  return {
    name,
    type: type === undefined ? undefined : readMetricType(type),
    unit,
    filters: where.map(readFilter),
    range: hasRange ? readTimeRange(options, nowNs) : undefined,
  };
}

/** Reads the options for the values of one attribute. Throws a usage error for options that are not valid. */
export function readAttributeValueQuestion(
  { name, key }: { name: string; key: string },
  options: AttributeValueOptions,
  nowNs: bigint,
): AttributeValueQuestion {
  const { q: part = "" } = options;
  const limit = readLimit(options.limit);
  return { ...readAttributeQuestion(name, options, nowNs), key, part, limit };
}
