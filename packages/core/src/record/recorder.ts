import type { Bag } from "../attributes.js";
import type { Drop, DropReason } from "../drop.js";
import type { MetricOptions, MetricType, Trace } from "../metric.js";
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
  find: (options: MetricOptions) => { trace: Trace; base: Bag },
  /** Sampling, hook, fit and queue, in this order. */
  stages: readonly Stage[],
  { books, drop }: Books,
): RecordCall {
  const { now, step } = world;

  function lose(reason: DropReason, name: unknown, bytes: number): void {
    drop({ reason, name: typeof name === "string" ? name : undefined, metrics: 1, bytes });
  }

  return (type, name, value, options) => {
    books.recorded++;
    try {
      if (!check(world, type, name, value)) return lose("invalid", name, 0);
      const given = options ?? NO_OPTIONS;
      const { trace, base } = find(given);
      let metric = draft(world, type, name, value, given, trace, base, now());
      for (const stage of stages) {
        const next: Waiting | DropReason = stage(metric, given);
        if (typeof next === "string")
          return lose(next, metric.name, exactSize(metric, world.encodeUtf8));
        metric = next;
      }
      step?.("recorded", type, name, value);
    } catch (error) {
      world.error("options threw", error);
      lose("internal_sdk_error", name, 0);
    }
  };
}

const NO_OPTIONS: MetricOptions = {};

/** Where calls and their losses are counted. */
interface Books {
  readonly books: { recorded: number };
  drop(drop: Drop): void;
}
