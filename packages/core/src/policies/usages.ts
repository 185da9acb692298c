import type { MetricStats } from "../contract/drop.js";
import type { Engine } from "../contract/engine.js";

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

const REPORT_INTERVAL_MS = 60_000;

/** With `debug` logs once a minute what each metric costs. */
export function reportUsages(engine: Engine, stats: () => MetricStats[]): void {
  let lastCalls = 0;
  engine.setTimer(function report() {
    const usages = stats();
    const calls = usages.reduce((sum, usage) => sum + usage.calls, 0);
    // A client that was closed is silent, and nothing else ends it: one that waits for a DSN is closed, too.
    if (calls > lastCalls) for (const usage of usages) engine.step?.(describe(usage));
    lastCalls = calls;
    engine.setTimer(report, REPORT_INTERVAL_MS);
  }, REPORT_INTERVAL_MS);
}

function describe({
  name,
  calls,
  items,
  series,
  billedBytes,
  rawBytes,
  bytesPerMonth,
}: MetricStats) {
  const inRaw = `${rawBytes} bytes if each call were sent`;
  return `${name}: ${calls} calls, ${items} items, ${series} series, ${billedBytes} bytes billed (${inRaw}), about ${bytesPerMonth} bytes a month`;
}
