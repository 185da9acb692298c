import { requireDuration } from "../duration.js";
import { readMoment } from "../moment.js";
import { usageError } from "../query-error.js";
import type { TimeRange } from "../time-range.js";
import type { Grid } from "./interval.js";

/**
 * Reads the option `compare`: `previous` (the range just before), a duration by which the range is moved back, the
 * start of a range in the forms of `since`, or its start and its end (`A..B`). The earlier range has the length of the
 * range, so that buckets correspond.
 */
export function readCompare(text: string, range: TimeRange, nowNs: bigint): TimeRange {
  const lengthNs = range.untilNs - range.sinceNs;
  const offsetNs = readOffset(text, range, nowNs);
  if (offsetNs > 0n)
    return {
      sinceNs: range.sinceNs - offsetNs,
      untilNs: range.sinceNs - offsetNs + lengthNs,
      isOpen: false,
    };
  throw usageError(`compare is "${text}"; it must begin before the range itself`);
}

function readOffset(text: string, range: TimeRange, nowNs: bigint): bigint {
  if (text === "previous") return range.untilNs - range.sinceNs;
  if (/^[\d.]+(ms|[smhdw])/.test(text)) return requireDuration("compare", text);
  const [start = "", end] = text.split("..");
  const startNs = readMoment("compare", start, nowNs);
  if (end !== undefined) requireLength(text, range, readMoment("compare", end, nowNs) - startNs);
  return range.sinceNs - startNs;
}

function requireLength(text: string, range: TimeRange, lengthNs: bigint): void {
  if (lengthNs === range.untilNs - range.sinceNs) return;
  const [given, wanted] = [lengthNs, range.untilNs - range.sinceNs].map((ns) => Number(ns) / 1e9);
  throw usageError(`compare is "${text}", ${given} s; the range has ${wanted} s`);
}

/** The buckets of the earlier range: as many as the range has, each as far back as the range is. */
export const movedGrid = (grid: Grid, range: TimeRange, earlier: TimeRange): Grid => ({
  ...grid,
  firstNs: grid.firstNs - (range.sinceNs - earlier.sinceNs),
});
