import type { Trace } from "../metric.js";
import type { Stage } from "../waiting.js";
import type { World } from "../world.js";

/** Read by Relay and Snuba as the weight of a metric, 1 / rate (wire.md 3.8). */
const SAMPLE_RATE = "sentry.client_sample_rate";

/** Keeps or leaves out a call that has a `sampleRate`. */
export function createSample(world: World, fallback: Trace): Stage {
  /**
   * The trace id decides, so that one trace is kept or left whole; calls on the fallback trace, which
   * a whole process shares, are decided one by one.
   */
  const isKept = (trace: Trace, rate: number): boolean =>
    trace === fallback
      ? world.random() < rate
      : // The last 32 bits are random in every id scheme; the first may hold a time (AWS X-Ray).
        parseInt(trace.traceId.slice(-8), 16) < rate * 2 ** 32;

  return (metric, { sampleRate: rate = 1 }) => {
    if (!isRate(rate)) {
      if (__DEV__)
        world.warn(
          `rate ${metric.name}`,
          `The sampleRate of "${metric.name}" must be above 0 and at most 1; it was ignored.`,
        );
      return metric;
    }
    // Set without really leaving siblings out, the attribute would inflate every sum.
    if (rate === 1) return metric;
    if (!isKept(metric.trace, rate)) return "sample_rate";
    const { base, attributes } = metric;
    // An application may have sampled by itself before: the effective rate is the product.
    const before = attributes[SAMPLE_RATE] ?? base[SAMPLE_RATE];
    const effective = isRate(before) ? before * rate : rate;
    return { ...metric, attributes: { ...attributes, [SAMPLE_RATE]: effective } };
  };
}

const isRate = (rate: unknown): rate is number => typeof rate === "number" && rate > 0 && rate <= 1;
