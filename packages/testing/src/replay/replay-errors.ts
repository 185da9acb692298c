import type { Estimates } from "../snuba/estimate.js";
import type { Tally } from "./tally.js";

/** The aggregates of distributions that are compared. */
export const COMPARED = ["p50", "p95", "p99", "sum", "count"] as const;
export type Compared = (typeof COMPARED)[number];

/** How far off the estimates of a replay are, as shares of the true values. */
export interface ReplayErrors {
  /** The largest error of the sum of a counter with one set of attributes. */
  readonly counterSums: number;
  /** By name of a distribution. */
  readonly distributions: ReadonlyMap<string, Readonly<Record<Compared, number>>>;
  /** The largest error of the minimum and maximum of a distribution or gauge. */
  readonly extremes: number;
}

/** The error as a share of the true value; of a metric that did not arrive all of it. */
const relative = (estimate: number | undefined, truth: number): number =>
  estimate === undefined ? 1 : Math.abs(estimate - truth) / Math.abs(truth);

/** Compares what arrived with what was recorded. */
export function errorsOf(arrived: Tally, truth: Tally): ReplayErrors {
  const sums = arrived.counterSums();
  const counterSums = [...truth.counterSums()].map(([key, sum]) => relative(sums.get(key), sum));
  const estimated = arrived.byName("distribution");
  const distributions = [...truth.byName("distribution")].map(([name, each]) => {
    const own: Partial<Estimates> = estimated.get(name) ?? {};
    const errors = COMPARED.map((key) => [key, relative(own[key], each[key])] as const);
    return [name, Object.fromEntries(errors) as Record<Compared, number>] as const;
  });
  return {
    counterSums: Math.max(...counterSums),
    distributions: new Map(distributions),
    extremes: Math.max(...extremeErrors(arrived, truth)),
  };
}

function extremeErrors(arrived: Tally, truth: Tally): number[] {
  return (["distribution", "gauge"] as const).flatMap((type) => {
    const own = arrived.byName(type);
    return [...truth.byName(type)].flatMap(([name, { min, max }]) => [
      relative(own.get(name)?.min, min),
      relative(own.get(name)?.max, max),
    ]);
  });
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
