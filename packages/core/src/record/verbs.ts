import type { Metrics } from "../contract/metric.js";
import type { RecordCall } from "./recorder.js";

/** The three verbs, speaking to one recorder. */
export function createVerbs(record: RecordCall): Metrics {
  return {
    count: (name, value = 1, options) => record("counter", name, value, options),
    gauge: (name, value, options) => record("gauge", name, value, options),
    distribution: (name, value, options) => record("distribution", name, value, options),
  };
}
