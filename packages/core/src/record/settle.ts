import type { Drop } from "../contract/drop.js";
import type { Counts, Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { CallSteps, Measure, Sample, Settle, Stage } from "../contract/stage.js";
import { exactSize } from "../engine/size.js";
import { createMetric } from "../engine/waiting-metric.js";

/** The stages of a call after its options were read, in this order. Those of parts that are missing are absent. */
export interface Stages {
  readonly sample: Sample | undefined;
  readonly hook: Stage | undefined;
  readonly measure: Measure;
  readonly push: Stage;
}

/** Makes the last steps of a call. */
export function createSteps(
  { encodeUtf8, now, step }: Engine,
  { sample, hook, measure, push }: Stages,
  { counts, drop }: { readonly counts: Counts; drop(drop: Drop): void },
): CallSteps {
  const lose: CallSteps["lose"] = (reason = "invalid", name, metric, bytes = 0) =>
    drop({
      reason,
      name: typeof name === "string" ? name : undefined,
      metrics: metric?.calls ?? 1,
      bytes: metric ? exactSize(metric, encodeUtf8) : bytes,
    });

  return {
    sample,
    hook,
    measure,
    counts,
    lose,
    send(series, value, location, time) {
      let metric: PendingMetric = createMetric(series, value, time ?? now(), location);
      const { name, type } = series.instrument;
      let next: ReturnType<Stage> = hook ? hook(metric) : metric;
      if (typeof next === "object") next = measure((metric = next));
      if (typeof next === "object") next = push((metric = next));
      if (typeof next === "object") step?.("recorded", type, name, value);
      else lose(next, metric.series.instrument.name, metric);
      return metric.bytes;
    },
  };
}

/** Records calls without policies. */
export const createSettle =
  ({ sample, send, lose }: CallSteps, { warn }: Pick<Engine, "warn">): Settle =>
  (given, value, location, time, rate) => {
    let series: typeof given | undefined = given;
    if (rate !== 1 && sample) series = sample(given, location, rate);
    else if (__DEV__ && rate !== 1)
      warn("part sampleRate", '"sampleRate" has no effect without the part sampling().');
    if (series) send(series, value, location, time);
    else
      lose("sample_rate", given.instrument.name, {
        series: given,
        sharedAttributes: location.sharedAttributes,
        calls: 1,
      });
  };
