import { COST_KEYS, type CostKey } from "../../model/cost.js";
import { readChoice, readWholeNumber } from "../choice.js";
import type { Filter } from "../filter/filter.js";
import { readFilter } from "../filter/read-filter.js";
import { usageError } from "../query-error.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "../time-range.js";
import { observedRange } from "./stored-range.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Sentry includes 5 GB of metrics a month, and bills 0.50 dollars for each further one. */
const DEFAULT_PRICE = 0.5;
const DEFAULT_FREE_GB = 5;
const MAX_AMOUNT = 1e6;

/** Options of `queries.cost`. */
export interface CostOptions extends TimeRangeOptions {
  /**
   * How the bytes are split: by `metric`, by `key` of an attribute, or by `sdk`.
   * @default "metric"
   */
  by?: string | undefined;
  /**
   * Filters such as `route=/cart* and @value>=100`; an item must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * Most rows to return, from 1 to 1000.
   * @default 100
   */
  limit?: number | undefined;
  /**
   * Price of a GB (a thousand million bytes), from 0 to a million.
   * @default 0.5
   */
  price?: number | undefined;
  /**
   * GB of a month that cost nothing, from 0 to a million.
   * @default 5
   */
  free?: number | undefined;
}

/** A valid question for the cost of metrics. */
export interface CostQuestion {
  readonly by: CostKey;
  readonly filters: readonly Filter[];
  /** The part of the range asked for since which anything is stored. */
  readonly range: TimeRange;
  readonly limit: number;
  readonly price: number;
  readonly freeGb: number;
}

/**
 * Reads the options. Throws a usage error for options that are not valid.
 * @param oldestNs - time of the oldest stored metric, in nanoseconds since the epoch
 */
export function readCostQuestion(
  options: CostOptions,
  nowNs: bigint,
  oldestNs: bigint | undefined,
): CostQuestion {
  const { by = "metric", where = [], limit = DEFAULT_LIMIT } = options;
  return {
    by: readChoice("by", by, COST_KEYS),
    filters: where.map(readFilter),
    range: observedRange(readTimeRange(options, nowNs), oldestNs),
    limit: readWholeNumber("limit", limit, { least: 1, most: MAX_LIMIT }),
    price: readAmount("price", options.price ?? DEFAULT_PRICE),
    freeGb: readAmount("free", options.free ?? DEFAULT_FREE_GB),
  };
}

function readAmount(option: string, amount: number): number {
  if (amount >= 0 && amount <= MAX_AMOUNT) return amount;
  throw usageError(`${option} must be a number from 0 to ${MAX_AMOUNT}`);
}
