import type { Bag } from "../attributes.js";
import type { Drop, DropReason } from "../drop.js";
import type { MetricOptions, MetricType, ScopeLike, Trace } from "../metric.js";
import { exactSize, type Stage, type Waiting } from "../waiting.js";
import type { World } from "../world.js";
import { check } from "./check.js";
import { draft } from "./draft.js";

/** Takes one call from its arguments to the queue. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

export function createRecord(
  world: World,
  findTrace: (options: MetricOptions) => Trace,
  around: (scope: ScopeLike | undefined) => Bag,
  /** Sampling, hook, fit and queue, in this order. */
  stages: readonly Stage[],
  drop: (drop: Drop) => void,
): RecordCall {
  function lose(reason: DropReason, name: unknown, bytes: number): void {
    drop({ reason, name: typeof name === "string" ? name : undefined, metrics: 1, bytes });
  }

  function admit(type: MetricType, name: string, value: number, options: MetricOptions): void {
    if (!check(world, type, name, value)) return lose("invalid", name, 0);
    const trace = findTrace(options);
    let metric = draft(
      world,
      type,
      name,
      value,
      options,
      trace,
      around(options.scope),
      world.now(),
    );
    for (const stage of stages) {
      const next: Waiting | DropReason = stage(metric, options);
      if (typeof next === "string")
        return lose(next, metric.name, exactSize(metric, world.encodeUtf8));
      metric = next;
    }
    world.step?.("recorded", type, name, value);
  }

  return (type, name, value, options) => {
    try {
      admit(type, name, value, options ?? {});
    } catch (error) {
      world.error("options threw", error);
      lose("internal_sdk_error", name, 0);
    }
  };
}
