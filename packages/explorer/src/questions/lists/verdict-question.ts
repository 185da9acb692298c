import { NOTE_CODES, type NoteCode } from "../../model/note-code.js";
import { VERDICTS, type Verdict } from "../../model/received-item.js";
import { readChoice, readWholeNumber } from "../choice.js";
import { readCursor, type SampleOrder, type SamplePlace } from "../sample-order.js";
import { readTimeRange, type TimeRange, type TimeRangeOptions } from "../time-range.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Most counts of an answer. */
const MAX_COUNTS = 1_000;

/** The order of findings: the newest item first. */
export const FINDING_ORDER: SampleOrder = { by: "time", isDescending: true };

/** Options of `queries.verdicts`. */
export interface VerdictOptions extends Omit<TimeRangeOptions, "since"> {
  /**
   * Start of the time range, in the forms that `series` takes.
   * @default no limit; "1h" when `until` is given
   */
  since?: string | undefined;
  /**
   * Name of the metric.
   * @default items of every kind
   */
  metric?: string | undefined;
  /**
   * Only notes with this code, for example `invalid_value`.
   * @default every code
   */
  code?: string | undefined;
  /**
   * Only items with this verdict: `accepted`, `changed` or `dropped`.
   * @default every verdict
   */
  verdict?: string | undefined;
  /**
   * Most items whose findings to return, from 1 to 1000.
   * @default 100
   */
  limit?: number | undefined;
  /**
   * The `next` of an answer with the same options: the findings after it.
   * @default the newest findings
   */
  cursor?: string | undefined;
}

/** A valid question for the notes about received items. */
export interface VerdictQuestion {
  /** `undefined`: items of every kind. */
  readonly metric: string | undefined;
  readonly code: NoteCode | undefined;
  readonly verdict: Verdict | undefined;
  /** `undefined`: however old. */
  readonly range: TimeRange | undefined;
  /** Most items to return. */
  readonly limit: number;
  /** Most counts to return. */
  readonly countLimit: number;
  /** `undefined`: from the newest item. */
  readonly after: SamplePlace | undefined;
}

/** Reads the options. Throws a usage error for options that are not valid. */
export function readVerdictQuestion(options: VerdictOptions, nowNs: bigint): VerdictQuestion {
  const { metric, code, verdict, since, until, limit = DEFAULT_LIMIT, cursor } = options;
  const hasRange = since !== undefined || until !== undefined;
  return {
    metric,
    code: code === undefined ? undefined : readChoice("code", code, NOTE_CODES),
    verdict: verdict === undefined ? undefined : readChoice("verdict", verdict, VERDICTS),
    range: hasRange ? readTimeRange(options, nowNs) : undefined,
    limit: readWholeNumber("limit", limit, { least: 1, most: MAX_LIMIT }),
    countLimit: MAX_COUNTS,
    after: cursor === undefined ? undefined : readCursor(cursor, FINDING_ORDER),
  };
}
