import type { Diagnostics } from "../diagnostics.js";
import { merge, type Flat } from "../flat.js";
import type { Trace } from "../metric.js";

/** Decides about a call that has a `sampleRate`: the attributes it leaves with, or nothing. */
export type Sample = (
  call: { readonly name: string; readonly trace: Trace; readonly rate: number },
  attributes: Flat,
) => Flat | undefined;

/** Read by Relay and Snuba as the weight of a metric, 1 / rate (wire.md 3.8). */
const RATE = "sentry.client_sample_rate";

export function createSample(
  fallback: Trace,
  random: () => number,
  diagnostics: Diagnostics,
): Sample {
  return ({ name, trace, rate }, attributes) => {
    if (!(rate > 0 && rate <= 1)) {
      diagnostics.warn(
        "rate",
        name,
        __DEV__ && `The sampleRate of "${name}" must be above 0 and at most 1; it was ignored.`,
      );
      return attributes;
    }
    // Set without really leaving siblings out, the attribute would inflate every sum.
    if (rate === 1) return attributes;
    if (!isKept(trace, rate, fallback, random)) return undefined;
    return merge(attributes, [RATE, rate * rateIn(attributes)]);
  };
}

/**
 * The trace id decides, so that one trace is kept or left whole; calls on the fallback trace, which a
 * whole process shares, are decided one by one.
 */
function isKept(trace: Trace, rate: number, fallback: Trace, random: () => number): boolean {
  if (trace === fallback) return random() < rate;
  // The last 32 bits are random in every id scheme; the first may hold a time (AWS X-Ray).
  return parseInt(trace.traceId.slice(-8), 16) < rate * 2 ** 32;
}

/** The rate an application sampled by itself before calling; the effective rate is the product. */
function rateIn(attributes: Flat): number {
  const at = attributes.indexOf(RATE);
  const given = at % 2 === 0 ? attributes[at + 1] : 1;
  return typeof given === "number" && given > 0 && given <= 1 ? given : 1;
}
