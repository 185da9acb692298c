import type { ChangedMetric, Metric } from "../contract/metric.js";
import type { Stage } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import type { Draft } from "./draft.js";

/** Shows each metric to `beforeSendMetric` and goes on with what it made of it. */
export function createHook(
  world: World,
  hook: (metric: Metric) => ChangedMetric | null,
  draft: Draft,
): Stage {
  let running = false;

  return (metric) => {
    // A metric recorded by the hook itself would ask the hook again, without end.
    if (running) {
      if (__DEV__)
        world.warn("hook", `beforeSendMetric recorded "${metric.name}"; it was dropped.`);
      return "before_send";
    }
    const { type, name, value, unit } = metric;
    let told: ChangedMetric | null = null;
    running = true;
    try {
      told = hook({
        type,
        name,
        value,
        ...(unit && { unit }),
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
    return told ? draft(told.type, told.name, told.value, told, metric) : "before_send";
  };
}
