import type { Trace } from "../metric.js";
import { SAMPLE_RATE, type Stage } from "../waiting.js";
import type { World } from "../world.js";

/** Keeps or leaves out a call that has a `sampleRate`. */
export function createSample(world: World, fallback: Trace): Stage {
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
    const { trace, attributes } = metric;
    // The trace id decides, so that one trace is kept or left whole; calls on the fallback trace, which
    // a whole process shares, are decided one by one. The last 32 bits of an id are random in every
    // scheme; the first may hold a time (AWS X-Ray).
    const chance =
      trace === fallback ? world.random() : parseInt(trace.traceId.slice(-8), 16) / 2 ** 32;
    if (chance >= rate) return "sample_rate";
    // An application may have sampled by itself before: the effective rate is the product.
    const before = attributes[SAMPLE_RATE] ?? metric.base[SAMPLE_RATE];
    const effective = isRate(before) ? before * rate : rate;
    return { ...metric, attributes: { ...attributes, [SAMPLE_RATE]: effective } };
  };
}

const isRate = (rate: unknown): rate is number => typeof rate === "number" && rate > 0 && rate <= 1;
