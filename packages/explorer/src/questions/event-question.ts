import type { Filter } from "./filter/filter.js";
import { readFilter } from "./filter/read-filter.js";
import { readLimit } from "./page-limit.js";
import { usageError } from "./query-error.js";
import { readCursor, readOrder, writeCursor, type SamplePlace } from "./sample-order.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "./time-range.js";

/** The kinds of event. Transactions are spans. */
export const EVENT_KINDS = ["error", "log", "span"] as const;

/** A kind of event. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Options of `queries.events`. */
export interface EventOptions extends Omit<TimeRangeOptions, "since"> {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default no limit; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * Kinds of event: `error`, `log` and `span` (transactions included).
   * @default every kind
   */
  kinds?: readonly string[] | undefined;
  /**
   * Filters such as `@level=error`; an event must match all of them.
   * @default []
   */
  where?: readonly string[] | undefined;
  /**
   * A part of the title of the error, the body of the log or the name of the span, in any case.
   * @default every event
   */
  q?: string | undefined;
  /**
   * The `next` of an answer with the same options: the events after it. Items that arrived since do not move them.
   * @default the first events
   */
  cursor?: string | undefined;
  /**
   * Most events to return, from 1 to 1000.
   * @default 20
   */
  limit?: number | undefined;
}

/** A valid question for errors, logs and spans, the newest first. */
export interface EventQuestion {
  readonly kinds: readonly EventKind[];
  readonly filters: readonly Filter[];
  /** A part of the names; empty for every name. */
  readonly part: string;
  /** `undefined`: however old. */
  readonly range: TimeRange | undefined;
  /** `undefined`: from the newest event. */
  readonly after: Pick<SamplePlace, "key" | "seq"> | undefined;
  readonly limit: number;
}

const NEWEST_FIRST = readOrder("-time");

/** Reads the options. Throws a usage error for options that are not valid. */
export function readEventQuestion(options: EventOptions, nowNs: bigint): EventQuestion {
  const { kinds = [], since, until, where = [], q: part = "", cursor } = options;
  const hasRange = since !== undefined || until !== undefined;
  return {
    kinds: kinds.length === 0 ? EVENT_KINDS : [...new Set(kinds.map(readKind))],
    filters: where.map(readFilter),
    part,
    range: hasRange ? readTimeRange(options, nowNs) : undefined,
    after: cursor === undefined ? undefined : readCursor(cursor, NEWEST_FIRST),
    limit: readLimit(options.limit),
  };
}

/** Writes the cursor of the events after one of them. */
export const writeEventCursor = (timeNs: bigint, seq: bigint): string =>
  writeCursor(NEWEST_FIRST, { key: timeNs, seq, upToSeq: undefined });

function readKind(text: string): EventKind {
  const kind = EVENT_KINDS.find((each) => each === text);
  if (kind !== undefined) return kind;
  throw usageError(`kind is "${text}"; valid are ${EVENT_KINDS.join(", ")}`);
}
