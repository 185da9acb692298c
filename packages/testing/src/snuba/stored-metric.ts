import type { ReadMetric } from "../readers/read-metrics.js";

/** A metric as Snuba stores it. */
export interface StoredMetric extends ReadMetric {
  /** The share of its siblings that was kept, with six digits. */
  readonly samplingFactor: number;
}

const PRECISION = 1e6;
const LEAST_FACTOR = 1e-6;

/** Whether Relay accepts it as a sample rate; any other counts as 1. */
const isRate = (rate: unknown): rate is number => typeof rate === "number" && rate > 0 && rate <= 1;

/** Returns the sampling factor that Snuba computes from a client's sample rate (docs/protocol.md#client-sampling). */
export function samplingFactorOf(clientSampleRate: unknown): number {
  const rate = isRate(clientSampleRate) ? clientSampleRate : 1;
  return Math.max(LEAST_FACTOR, Math.round(rate * PRECISION) / PRECISION);
}

/** Stores metrics as Snuba does. */
export const storeMetrics = (metrics: readonly ReadMetric[]): StoredMetric[] =>
  metrics.map((metric) => ({
    ...metric,
    samplingFactor: samplingFactorOf(metric.attributes["sentry.client_sample_rate"]),
  }));
