import { copyReadable, NOTHING } from "../attributes.js";
import type { MetricOptions } from "../metric.js";

const keys = (): readonly string[] => [
  "unit",
  "attributes",
  "timestamp",
  "trace",
  "scope",
  "sampleRate",
];

/**
 * The options of a call, without those that throw when they are read. What can be read is not copied:
 * that would cost every call.
 */
export function readableOptions(options: MetricOptions | undefined): MetricOptions {
  if (!options) return NOTHING;
  try {
    const { unit, attributes, timestamp, trace, scope, sampleRate } = options;
    void [unit, attributes, timestamp, trace, scope, sampleRate];
    return options;
  } catch {
    return copyReadable(options, keys);
  }
}
