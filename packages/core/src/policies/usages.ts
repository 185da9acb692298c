import type { MetricStats } from "../contract/drop.js";

/** Counts of one metric name, while they are being counted. */
export interface Usage {
  readonly name: string;
  calls: number;
  items: number;
  billedBytes: number;
  rawBytes: number;
  series: number;
}

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** What each metric costs. `lifeMs` is for how long it was counted, in milliseconds. */
export const readUsages = (usages: readonly Usage[], lifeMs: number): MetricStats[] =>
  usages.map((usage) => ({
    ...usage,
    bytesPerMonth: lifeMs > 0 ? Math.round((usage.billedBytes / lifeMs) * MONTH_MS) : 0,
  }));
