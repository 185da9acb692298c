import type { Counts, Engine } from "../contract/engine.js";
import type { Drop } from "../contract/drop.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Draft, Measure, RecordCall, Stage } from "../contract/stage.js";
import { NOTHING } from "../engine/attributes.js";
import { exactSize } from "../engine/size.js";
import { sampleRateOf } from "./call-options.js";

/** The stages of a call, in this order. Those of parts that are missing are absent. */
export interface Stages {
  readonly draft: Draft;
  /** For calls with a `sampleRate` alone. */
  readonly sample: Stage | undefined;
  readonly hook: Stage | undefined;
  readonly measure: Measure;
  readonly push: Stage;
}

/** Makes the function that brings a call from its arguments to the queue. */
export function createRecord(
  engine: Engine,
  { draft, sample, hook, measure, push }: Stages,
  { counts, drop }: { readonly counts: Counts; drop(drop: Drop): void },
): RecordCall {
  const { step, isClosed } = engine;

  return function record(type, name, value, given) {
    if (isClosed()) return;
    const options = given ?? NOTHING;
    let metric: PendingMetric | undefined;
    let next: ReturnType<Stage>;
    let bytes = 0;
    counts.recorded++;
    try {
      next = draft(type, name, value, options);
      // Most calls have no rate; skipping the stage makes them 5 % faster.
      if (next && sampleRateOf(options) !== undefined) {
        if (sample) next = sample((metric = next), options);
        else if (__DEV__)
          engine.warn("part sampleRate", '"sampleRate" has no effect without the part sampling().');
      }
      if (hook && typeof next === "object") next = hook((metric = next), options);
      if (typeof next === "object") next = measure((metric = next));
      if (typeof next === "object") next = push((metric = next), options);
      if (typeof next === "object") return step?.("recorded", type, name, value);
      if (metric) bytes = exactSize(metric, engine.encodeUtf8);
    } catch (error) {
      next = "internal_sdk_error";
      engine.error("options threw", error);
    }
    drop({
      reason: next ?? "invalid",
      name: metric?.name ?? (typeof name === "string" ? name : undefined),
      metrics: 1,
      bytes,
    });
  };
}
