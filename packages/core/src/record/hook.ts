import type { Engine } from "../contract/engine.js";
import type { ChangedMetric } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { HookHost, Stage } from "../contract/stage.js";
import { createRedraft } from "./draft.js";

/** Lets `beforeSendMetric` change or drop each metric. */
export const beforeSend = (): Part => ({ createHook });

function createHook(engine: Engine, host: HookHost): Stage | undefined {
  const { beforeSendMetric } = engine.settings;
  const redraft = createRedraft(engine, host);
  let isRunning = false;

  function applyHook(...[metric]: Parameters<Stage>): ReturnType<Stage> {
    // A metric recorded by the hook itself would call the hook again, endlessly.
    if (isRunning) {
      if (__DEV__)
        engine.warn(
          "hook",
          `beforeSendMetric recorded "${metric.series.instrument.name}"; it was dropped.`,
        );
      return "before_send";
    }
    const { value } = metric;
    const { type, name, unit } = metric.series.instrument;
    let changed: ChangedMetric | null | undefined;
    isRunning = true;
    try {
      changed = beforeSendMetric?.({
        type,
        name,
        value,
        ...(unit && { unit }),
        timestamp: metric.time / 1000,
        trace: { ...metric.trace },
        attributes: { ...metric.sharedAttributes, ...metric.series.attributes },
      });
    } catch (error) {
      engine.error("beforeSendMetric threw", error);
    }
    isRunning = false;
    if (__DEV__ && changed && (typeof changed !== "object" || "then" in changed))
      engine.warn("hook", "beforeSendMetric must return the metric or null, and not be async.");
    return changed ? redraft(changed, metric) : "before_send";
  }

  return beforeSendMetric && applyHook;
}
