import type { Diagnostics } from "../contract/engine.js";
import type { InstrumentOptions, MetricOptions } from "../contract/metric.js";
import { copyAttributes, copyReadable, NOTHING } from "../engine/attributes.js";

const KEYS = ["unit", "attributes", "timestamp", "trace", "scope", "sampleRate"];

/** The `sampleRate` of a call; 1 where it is none. Set without really leaving siblings out it would inflate sums. */
export function rateOfCall(diagnostics: Diagnostics, name: string, given: unknown): number {
  if (typeof given === "number" && given > 0 && given <= 1) return given;
  if (__DEV__)
    diagnostics.warn(
      `rate ${name}`,
      `The sampleRate of "${name}" must be above 0 and at most 1; it was ignored.`,
    );
  return 1;
}

/** Options above those of a handle, whose unit stays. Copies everything; never throws. */
export function mergeOptions(
  { unit, attributes }: InstrumentOptions,
  given: MetricOptions = NOTHING,
): MetricOptions {
  const read = readOptions(given);
  return {
    ...read,
    unit: unit ?? read.unit,
    attributes: { ...attributes, ...copyAttributes(read.attributes) },
  };
}

/** Copies the options of a call that can be read. Unknown ones stay where developers are warned of them. */
export function readOptions(options: MetricOptions = NOTHING): MetricOptions {
  return { ...(__DEV__ && copyReadable(options)), ...copyReadable(options, KEYS) };
}

/** Names of other libraries for our options. */
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

/** Warns once about each option that does not exist. Called behind `__DEV__`. */
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
