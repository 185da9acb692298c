import type { MetricStats } from "../contract/drop.js";
import type { Usage } from "../contract/usage.js";

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** What each metric costs. `lifeMs` is for how long it was counted, in milliseconds. */
export const readUsages = (usages: readonly Usage[], lifeMs: number): MetricStats[] =>
  usages.map((usage) => ({
    ...usage,
    bytesPerMonth: lifeMs > 0 ? Math.round((usage.billedBytes / lifeMs) * MONTH_MS) : 0,
  }));
