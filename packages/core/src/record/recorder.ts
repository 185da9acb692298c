import { NOTHING } from "../engine/attributes.js";
import type { Drop } from "../contract/drop.js";
import type { MetricOptions, MetricType } from "../contract/metric.js";
import { exactSize, type Stage, type Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { sampleRateOf } from "./call-options.js";
import type { Draft } from "./draft.js";

/** Takes one call from its arguments to the queue. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

export function createRecord(
  world: World,
  draft: Draft,
  /** Sampling, hook, fit and queue, in this order. */
  stages: readonly Stage[],
  { books, drop }: Books,
): RecordCall {
  const { step } = world;
  // Most calls ask for no sampling; to pass it by makes them cheaper by a twentieth.
  const unsampled = stages.slice(1);
  return (type, name, value, options) => {
    if (world.isClosed) return;
    let metric: Waiting | undefined;
    let next: ReturnType<Stage>;
    let bytes = 0;
    books.recorded++;
    try {
      const given = options ?? NOTHING;
      next = draft(type, name, value, given);
      for (const stage of sampleRateOf(given) === undefined ? unsampled : stages)
        if (typeof next === "object") next = stage((metric = next), given);
      if (typeof next === "object") return step?.("recorded", type, name, value);
      if (metric) bytes = exactSize(metric, world.encodeUtf8);
    } catch (error) {
      next = "internal_sdk_error";
      world.error("options threw", error);
    }
    drop({
      reason: next ?? "invalid",
      name: metric?.name ?? (typeof name === "string" ? name : undefined),
      metrics: 1,
      bytes,
    });
  };
}

/** Where calls and their losses are counted. */
interface Books {
  readonly books: { recorded: number };
  drop(drop: Drop): void;
}
