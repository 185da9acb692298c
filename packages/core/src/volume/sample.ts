import type { Trace } from "../contract/metric.js";
import type { Stage } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { isRate, mark, rateOf, SAMPLE_RATE } from "./rate.js";

/** Keeps or leaves out a call that has a `sampleRate`. */
export function createSample(world: World, fallback: Trace): Stage {
  return (metric, { sampleRate: rate }) => {
    // Set without really leaving siblings out, the attribute would inflate every sum.
    if (!isRate(rate)) {
      if (__DEV__ && rate !== 1)
        world.warn(
          `rate ${metric.name}`,
          `The sampleRate of "${metric.name}" must be above 0 and at most 1; it was ignored.`,
        );
      return metric;
    }
    // The trace id decides, so that one trace is kept or left whole; calls on the fallback trace, which
    // a whole process shares, are decided one by one. The last 32 bits of an id are random in every
    // scheme; the first may hold a time (AWS X-Ray).
    const { trace } = metric;
    const chance =
      trace.traceId === fallback.traceId
        ? world.random()
        : parseInt(trace.traceId.slice(-8), 16) / 2 ** 32;
    return chance < rate ? mark(metric, 1, SAMPLE_RATE, rateOf(metric) * rate) : "sample_rate";
  };
}
