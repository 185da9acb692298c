import { copyReadable, NOTHING } from "../engine/attributes.js";
import type { Diagnostics } from "../engine/diagnostics.js";
import type { MetricOptions } from "../contract/metric.js";

const KEYS = ["unit", "attributes", "timestamp", "trace", "scope", "sampleRate"];

/** The `sampleRate` of a call; none where reading it throws. */
export function sampleRateOf(options: MetricOptions): number | undefined {
  try {
    return options.sampleRate;
  } catch {
    return undefined;
  }
}

/** Copies the options of a call that can be read. Unknown ones stay where developers are warned of them. */
export function readOptions(options: MetricOptions = NOTHING): MetricOptions {
  return { ...(__DEV__ && copyReadable(options)), ...copyReadable(options, KEYS) };
}

/** What other libraries call an option of ours. */
const OTHER_NAMES: { readonly [name: string]: string } = {
  time: "timestamp",
  ts: "timestamp",
  traceId: "trace: { traceId }",
  trace_id: "trace: { traceId }",
  spanId: "trace: { traceId, spanId }",
  span: "scope, or make the call inside the span",
  units: "unit",
  rate: "sampleRate",
  sample_rate: "sampleRate",
};

/** Warns once about each option that does not exist. Stands behind `__DEV__`. */
export function lintOptions(diagnostics: Diagnostics, name: string, options: object): void {
  if (typeof options !== "object")
    return diagnostics.warn(
      "options",
      `The options of "${name}" must be an object such as { unit: "byte" }; they were ignored.`,
    );
  try {
    for (const key in options)
      if (!KEYS.includes(key))
        diagnostics.warn(
          `option ${key}`,
          `The option "${key.slice(0, 100)}" of "${name}" does not exist and was ignored. ${suggest(key)}`,
        );
  } catch {
    // A proxy may refuse to name its members.
  }
}

function suggest(key: string): string {
  const other = {}.hasOwnProperty.call(OTHER_NAMES, key) && OTHER_NAMES[key];
  return other
    ? `Use ${other}.`
    : `What describes a metric belongs in { attributes }; the options are ${KEYS.join(", ")}.`;
}
