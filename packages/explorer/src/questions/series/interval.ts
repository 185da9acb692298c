import { requireDuration } from "../duration.js";
import { usageError } from "../query-error.js";
import type { TimeRange } from "../time-range.js";

const SECOND_NS = 1_000_000_000n;

/** The lengths of buckets that `auto` chooses from, in seconds. Each divides the next larger unit of time. */
const STEPS: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  172_800, 604_800, 1_209_600, 2_592_000,
];

/** `auto` chooses about so many buckets, at most. */
const AUTO_BUCKETS = 120;
/** Buckets of one answer. */
const MAX_BUCKETS = 2_000;

/** The buckets of a time range: they begin at multiples of their length since the epoch. */
export interface Grid {
  /** Length of a bucket, in nanoseconds. */
  readonly intervalNs: bigint;
  /** Start of the first bucket, in nanoseconds since the epoch. */
  readonly firstNs: bigint;
  /** How many buckets there are. */
  readonly buckets: number;
}

/** Reads the option `interval`: `auto`, or a duration. Throws a usage error when there would be too many buckets. */
export function readGrid(interval: string | undefined, range: TimeRange): Grid {
  const intervalNs =
    interval === undefined || interval === "auto"
      ? autoInterval(range)
      : requireDuration("interval", interval);
  const firstNs = floorTo(range.sinceNs, intervalNs);
  const buckets = Number((floorTo(range.untilNs - 1n, intervalNs) - firstNs) / intervalNs) + 1;
  if (buckets <= MAX_BUCKETS) return { intervalNs, firstNs, buckets };
  throw usageError(
    `interval cuts the range into ${buckets} buckets, ${MAX_BUCKETS} are allowed; leave it out, or widen it`,
  );
}

/** The seconds of a bucket that the range covers: the first and the last one may be cut. */
export function coveredSeconds(grid: Grid, range: TimeRange, index: number): number {
  const startNs = grid.firstNs + BigInt(index) * grid.intervalNs;
  const endNs = startNs + grid.intervalNs;
  const fromNs = startNs > range.sinceNs ? startNs : range.sinceNs;
  const toNs = endNs < range.untilNs ? endNs : range.untilNs;
  return Number(toNs - fromNs) / 1e9;
}

function autoInterval(range: TimeRange): bigint {
  const seconds = Number(range.untilNs - range.sinceNs) / 1e9;
  const step = STEPS.find((each) => each >= seconds / AUTO_BUCKETS) ?? Number(STEPS.at(-1));
  return BigInt(step) * SECOND_NS;
}

/** The largest multiple that is not above, also before the epoch. */
function floorTo(ns: bigint, step: bigint): bigint {
  const rest = ns % step;
  return ns - (rest < 0n ? rest + step : rest);
}
