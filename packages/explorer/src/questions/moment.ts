import { parseTime } from "../model/parse-time.js";
import { parseDuration } from "./duration.js";
import { usageError } from "./query-error.js";

const FORMS =
  "a duration such as 10m, a UTC time such as 2026-11-22T10:49:59 (or with a zone), or seconds since the epoch";

/**
 * Reads a `since` or `until` into nanoseconds since the epoch. Throws a usage error for text that is no moment.
 * @param option - name of the option, for the error
 */
export function readMoment(option: string, text: string, nowNs: bigint): bigint {
  if (text === "now") return nowNs;
  const duration = parseDuration(text);
  if (duration !== undefined) return nowNs - duration;
  const moment = readSeconds(text) ?? readTime(text, nowNs);
  if (moment !== undefined && moment > -LATEST_NS && moment < LATEST_NS) return moment;
  throw usageError(`${option} is "${text}"; give ${FORMS}`);
}

const SECOND_NS = 1_000_000_000n;
/** Later nanoseconds since the epoch (the year 2255) do not fit into 64 bits. */
const LATEST_NS = 9_000_000_000n * SECOND_NS;
/** A smaller number, except 0, is an error: `600` would be in 1970, and is most likely a duration without its unit. */
const EARLIEST_SECONDS = 100_000_000n;

function readSeconds(text: string): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const ns = BigInt(whole) * SECOND_NS + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  return ns > 0n && ns < EARLIEST_SECONDS * SECOND_NS ? undefined : ns;
}

const CLOCK = /^(\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/;
const DAY_NS = 86_400n * SECOND_NS;

/** Reads every form in which this package prints a time. Without a zone it is UTC. */
function readTime(text: string, nowNs: bigint): bigint | undefined {
  const today = isoDate(nowNs);
  const [, minutes, seconds = ":00"] = CLOCK.exec(text) ?? [];
  if (minutes !== undefined) return latestTimeOfDay(`${today}T${minutes}${seconds}`, nowNs);
  const [, monthDay, clock] = /^(\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  if (monthDay !== undefined) return latestYear(monthDay, `${clock}`, nowNs);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return parseTime(`${text}T00:00:00`);
  const withSeconds = text.replace(/^(\S+[T ]\d\d:\d\d)($|Z$|[+-])/, "$1:00$2");
  return parseTime(withSeconds) ?? parseTime(withSeconds.replace(" ", "T"));
}

const isoDate = (ns: bigint): string =>
  new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 10);

/** A time of day in the future means yesterday. */
function latestTimeOfDay(text: string, nowNs: bigint): bigint | undefined {
  const moment = parseTime(text);
  return moment !== undefined && moment > nowNs ? moment - DAY_NS : moment;
}

function latestYear(monthDay: string, clock: string, nowNs: bigint): bigint | undefined {
  const year = Number(isoDate(nowNs).slice(0, 4));
  const moments = [year, year - 1].map((each) => parseTime(`${each}-${monthDay}T${clock}`));
  return moments.find((moment) => moment !== undefined && moment <= nowNs);
}
