import type { Diagnostics } from "../diagnostics.js";
import type { Metric, MetricOptions, Trace } from "../metric.js";
import type { Stage } from "../waiting.js";
import type { Check } from "./check.js";
import type { Draft } from "./draft.js";

/** Shows each metric to `beforeSendMetric` and goes on with what it made of it. */
export function createHook(
  hook: (metric: Metric) => Metric | null,
  check: Check,
  findTrace: (options: MetricOptions) => Trace,
  draft: Draft,
  diagnostics: Diagnostics,
): Stage {
  let running = false;

  function ask(metric: Metric): Metric | null {
    // A metric recorded by the hook itself would ask the hook again, without end.
    if (running) {
      if (__DEV__)
        diagnostics.warn("hook", `beforeSendMetric recorded "${metric.name}"; it was dropped.`);
      return null;
    }
    running = true;
    try {
      return hook(metric);
    } catch (error) {
      diagnostics.error("beforeSendMetric threw", error);
      return null;
    } finally {
      running = false;
    }
  }

  return (metric) => {
    const { type, name, value, unit, time, trace, base, attributes } = metric;
    const told = ask({
      type,
      name,
      value,
      unit,
      timestamp: time / 1000,
      trace: { ...trace },
      attributes: { ...base, ...attributes },
    });
    if (typeof told !== "object" || !told) {
      if (__DEV__ && told)
        diagnostics.warn("hook", "beforeSendMetric must return the metric or null.");
      return "before_send";
    }
    if (!check(told.type, told.name, told.value)) return "invalid";
    // What the hook removed stays removed: the shared attributes are not added again.
    return draft(told, told.trace ? findTrace({ trace: told.trace }) : trace, {}, 0, time);
  };
}
