import type { StoredMetric } from "./stored-metric.js";

/** A value with the share of its siblings that was kept. */
export type WeightedValue = Pick<StoredMetric, "value" | "samplingFactor">;

/** Aggregates as Sentry shows them: extrapolated from the metrics that were kept. */
export interface Estimates {
  readonly count: number;
  readonly sum: number;
  readonly avg: number;
  /** The least stored value; it has no weight. */
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** Weights of percentiles are whole numbers of thousandths. */
const PERCENTILE_STEPS = 1000;

/**
 * Computes aggregates as Snuba does with sample-weighted extrapolation (docs/protocol.md#client-sampling). Percentiles
 * are exact; Snuba's t-digest approximates them. It shares no code with the client, so that both cannot have the same mistake.
 */
export function estimate(items: readonly WeightedValue[]): Estimates {
  const weights = items.map(({ samplingFactor }) => 1 / samplingFactor);
  const total = addUp(weights);
  const sum = addUp(items.map(({ value, samplingFactor }) => value / samplingFactor));
  const values = items.map(({ value }) => value);
  const percentile = createPercentile(items);
  return {
    count: Math.round(total),
    sum,
    avg: sum / total,
    min: values.reduce((a, b) => Math.min(a, b), Infinity),
    max: values.reduce((a, b) => Math.max(a, b), -Infinity),
    p50: percentile(0.5),
    p75: percentile(0.75),
    p90: percentile(0.9),
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}

/** The least value that a share of the weight does not exceed. */
function createPercentile(items: readonly WeightedValue[]): (share: number) => number {
  const sorted = items
    .map(({ value, samplingFactor }) => ({
      value,
      weight: Math.round(PERCENTILE_STEPS / samplingFactor),
    }))
    .sort((a, b) => a.value - b.value);
  const total = addUp(sorted.map(({ weight }) => weight));
  return function percentile(share) {
    let reached = 0;
    // Whole numbers are added without an error; their share has one.
    const needed = share * total * (1 - 1e-12);
    for (const { value, weight } of sorted) if ((reached += weight) >= needed) return value;
    return NaN;
  };
}

const addUp = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
