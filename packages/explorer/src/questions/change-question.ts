import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import { readItemId } from "./item-id.js";
import type { IdentityOptions } from "./metric-choice.js";
import { readMoment } from "./moment.js";
import { readWholeNumber } from "./choice.js";
import { usageError } from "./query-error.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";

const MAX_IDS = 1_000;
const DEFAULT_SEED = 1;
const MAX_SEED = 2 ** 32 - 1;
/** The time before a strip is at most so many times as long as the strip. */
const LONGEST_BASELINE = 7n;

/** A part of a chart: a strip of time, or with bounds of the value a box. */
export interface BoxOptions extends TimeRangeOptions {
  /**
   * Start of the box, in the forms of `since` of `aggregate`.
   * @default `since` of the question
   */
  since?: string | undefined;
  /**
   * End of the box. Items at exactly this moment are not in it.
   * @default `until` of the question
   */
  until?: string | undefined;
  /**
   * The least value in the box.
   * @default no limit
   */
  min?: number | undefined;
  /**
   * The greatest value in the box.
   * @default no limit
   */
  max?: number | undefined;
}

/** Options of `queries.changes`. */
export interface ChangeOptions extends TimeRangeOptions, IdentityOptions {
  /**
   * Filters such as `route=/cart* and @value>=100`; items on both sides must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * The selection, as a part of a chart. A box is compared with the items of the same time that have other values, a strip of
   * time with the time before it: since `since`, or as long as the strip, and at most seven times as long.
   * @default the samples of `ids`
   */
  box?: BoxOptions | undefined;
  /**
   * The selection, as ids of samples, from 1 to 1000. They are compared with the other items of the same time.
   * @default the items in `box`
   */
  ids?: readonly string[] | undefined;
  /**
   * Seed of the random arrangements that the evidence rests on: a whole number from 0 to 4294967295.
   * @default 1
   */
  seed?: number | undefined;
}

/** The items that are to be compared with others. */
export type Selection =
  /** Those with values between bounds, both included. */
  | {
      readonly by: "value";
      readonly range: TimeRange;
      readonly least: number;
      readonly greatest: number;
    }
  | { readonly by: "id"; readonly seqs: readonly bigint[] }
  /** Those of a strip of time, to be compared with the time since `baselineNs`. */
  | { readonly by: "time"; readonly range: TimeRange; readonly baselineNs: bigint };

/** A valid question for what is different about a selection. */
export interface ChangeQuestion {
  readonly filters: readonly Filter[];
  readonly selection: Selection;
  readonly seed: number;
}

/** Reads the options. Throws a usage error for options that are not valid. */
export function readChangeQuestion(options: ChangeOptions, nowNs: bigint): ChangeQuestion {
  const { where = [], seed = DEFAULT_SEED } = options;
  return {
    filters: where.map(readFilter),
    selection: readSelection(options, nowNs),
    seed: readWholeNumber("seed", seed, { least: 0, most: MAX_SEED }),
  };
}

function readSelection({ box, ids, ...options }: ChangeOptions, nowNs: bigint): Selection {
  if (box !== undefined && ids !== undefined) throw usageError("give box or ids, not both");
  if (ids !== undefined) return { by: "id", seqs: readIds(ids) };
  if (box === undefined || Object.values(box).every((each) => each === undefined))
    throw usageError("nothing is selected; give box with since, until, min or max, or ids");
  const { min, max, ...time } = box;
  const boxTime = { since: time.since ?? options.since, until: time.until ?? options.until };
  const range = { ...readTimeRange(boxTime, nowNs), isOpen: false };
  if (min !== undefined || max !== undefined) return { by: "value", range, ...readBounds(box) };
  return { by: "time", range, baselineNs: readBaseline(options.since, range, nowNs) };
}

function readIds(ids: readonly string[]): bigint[] {
  if (ids.length >= 1 && ids.length <= MAX_IDS) return [...new Set(ids.map(readItemId))];
  throw usageError(`ids has ${ids.length} entries; give 1 to ${MAX_IDS}`);
}

function readBounds({ min = -Number.MAX_VALUE, max = Number.MAX_VALUE }: BoxOptions) {
  const bounds = [min, max];
  if (!bounds.every(Number.isFinite)) throw usageError("box.min and box.max must be numbers");
  if (min <= max) return { least: min, greatest: max };
  throw usageError(`box.min (${min}) must not be above box.max (${max})`);
}

function readBaseline(since: string | undefined, range: TimeRange, nowNs: bigint): bigint {
  const lengthNs = range.untilNs - range.sinceNs;
  const given = since === undefined ? undefined : readMoment("since", since, nowNs);
  if (given === undefined || given >= range.sinceNs) return range.sinceNs - lengthNs;
  const earliest = range.sinceNs - lengthNs * LONGEST_BASELINE;
  return given > earliest ? given : earliest;
}
