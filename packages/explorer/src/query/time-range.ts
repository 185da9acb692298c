import { parseDuration } from "./duration.js";
import { usageError } from "./query-error.js";

export interface TimeRange {
  sinceNs: bigint;
  untilNs: bigint;
  /** No end was asked for: items that are a moment ahead of our clock belong to it too. */
  open: boolean;
}

export interface TimeRangeOptions {
  /** How far back (`10m`, `2h`), an ISO time, or seconds since the epoch. Default `1h`. */
  since?: string | undefined;
  /** Same forms. Default now. */
  until?: string | undefined;
}

const DEFAULT_SINCE = "1h";

export function readTimeRange(options: TimeRangeOptions, nowNs: bigint): TimeRange {
  const { since = DEFAULT_SINCE, until = "now" } = options;
  const sinceNs = readMoment("since", since, nowNs);
  const untilNs = readMoment("until", until, nowNs);
  if (sinceNs < untilNs) return { sinceNs, untilNs, open: until === "now" };
  throw usageError(`since (${since}) must be before until (${until})`);
}

function readMoment(option: string, text: string, nowNs: bigint): bigint {
  if (text === "now") return nowNs;
  const duration = parseDuration(text);
  if (duration !== undefined) return nowNs - duration;
  const milliseconds = readMilliseconds(text);
  if (Math.abs(milliseconds) < 9e12) return BigInt(Math.round(milliseconds * 1000)) * 1000n;
  throw usageError(
    `${option} is "${text}"; give a duration such as 10m, an ISO time, or seconds since the epoch`,
  );
}

/** A small number is no moment of any use (`600` would be in 1970) but a duration that lacks its unit; 0 is the beginning. */
const EARLIEST_SECONDS = 1e8;

function readMilliseconds(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return Date.parse(text);
  const seconds = Number(text);
  return seconds > 0 && seconds < EARLIEST_SECONDS ? Number.NaN : seconds * 1000;
}

export const rangeSeconds = (range: TimeRange): number =>
  Number(range.untilNs - range.sinceNs) / 1e9;
