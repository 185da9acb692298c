import type { Metric, Trace } from "../metric.js";
import type { Stage } from "../waiting.js";
import type { World } from "../world.js";
import { check } from "./check.js";
import { draft } from "./draft.js";

/** Shows each metric to `beforeSendMetric` and goes on with what it made of it. */
export function createHook(
  world: World,
  hook: (metric: Metric) => Metric | null,
  named: (trace: Trace | undefined) => Trace | undefined,
): Stage {
  let running = false;

  return (metric) => {
    // A metric recorded by the hook itself would ask the hook again, without end.
    if (running) {
      if (__DEV__)
        world.warn("hook", `beforeSendMetric recorded "${metric.name}"; it was dropped.`);
      return "before_send";
    }
    let told: Metric | null = null;
    running = true;
    try {
      told = hook({
        type: metric.type,
        name: metric.name,
        value: metric.value,
        unit: metric.unit,
        timestamp: metric.time / 1000,
        trace: { ...metric.trace },
        attributes: { ...metric.base, ...metric.attributes },
      });
    } catch (error) {
      world.error("beforeSendMetric threw", error);
    }
    running = false;
    if (__DEV__ && told && (typeof told !== "object" || "then" in told))
      world.warn("hook", "beforeSendMetric must return the metric or null, and not be async.");
    if (!told) return "before_send";
    if (!check(world, told.type, told.name, told.value)) return "invalid";
    // What the hook removed stays removed: the shared attributes are not added again.
    const trace = named(told.trace) ?? metric.trace;
    return draft(world, told.type, told.name, told.value, told, trace, {}, metric.time);
  };
}
