import type { Drop, DropReason } from "../contract/drop.js";
import type { Counts, Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Sample } from "../contract/part.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import type { CallSteps, Measure, Rated, Settle, Stage } from "../contract/stage.js";
import { exactSize } from "../engine/size.js";

/** The stages of a call after its options were read, in this order. Those of parts that are missing are absent. */
export interface Stages {
  readonly sample: Sample | undefined;
  readonly rated: Rated;
  readonly hook: Stage | undefined;
  readonly measure: Measure;
  readonly push: Stage;
}

/** Reports a lost call or metric. */
export type Lose = (reason: DropReason | undefined, name: unknown, metric?: PendingMetric) => void;

/** Makes the last steps of a call. */
export function createSteps(
  engine: Engine,
  { sample, rated: markRate, hook, measure, push }: Stages,
  { counts, drop }: { readonly counts: Counts; drop(drop: Drop): void },
): CallSteps & { readonly lose: Lose } {
  function lose(
    reason: DropReason | undefined,
    name: unknown,
    metric?: PendingMetric,
    bytes = metric ? exactSize(metric, engine.encodeUtf8) : 0,
  ): void {
    drop({
      reason: reason ?? "invalid",
      name: typeof name === "string" ? name : undefined,
      metrics: metric?.calls ?? 1,
      bytes,
    });
  }

  /** The exact size of a call, computed once for calls in a row that are alike: it reads every text. */
  function sizeOfCall(series: Series, sharedAttributes: AttributeMap): number {
    if (series.sized?.sharedAttributes !== sharedAttributes)
      series.sized = {
        sharedAttributes,
        bytes: exactSize({ series, sharedAttributes }, engine.encodeUtf8),
      };
    return series.sized.bytes;
  }

  return {
    lose,
    sampled(series, { trace, sharedAttributes }, rate, rated = markRate) {
      if (!sample) {
        if (__DEV__)
          engine.warn("part sampleRate", '"sampleRate" has no effect without the part sampling().');
        return series;
      }
      if (sample(trace, rate)) return rated(series, sharedAttributes, rate);
      const bytes = sizeOfCall(series, sharedAttributes);
      lose("sample_rate", series.instrument.name, undefined, bytes);
      return undefined;
    },
    send(series, value, { trace, sharedAttributes }, time) {
      let metric: PendingMetric = {
        series,
        value,
        time: time ?? engine.now(),
        trace,
        sharedAttributes,
        bytes: 0,
        calls: 1,
        sequence: 0,
        arrivalIndex: 0,
      };
      let next: ReturnType<Stage> = hook ? hook(metric) : metric;
      if (typeof next === "object") next = measure((metric = next));
      if (typeof next === "object") next = push((metric = next));
      if (typeof next === "object")
        engine.step?.("recorded", series.instrument.type, series.instrument.name, value);
      else lose(next, metric.series.instrument.name, metric);
      return metric.bytes;
    },
    finish(metric) {
      let last = metric;
      let next: ReturnType<Stage>;
      try {
        next = hook ? hook(metric) : metric;
        if (typeof next === "object") next = measure((last = next));
        if (typeof next === "object") return next;
      } catch (error) {
        next = "internal_sdk_error";
        engine.error("a folded metric could not be sent", error);
      }
      counts.pending -= metric.calls;
      lose(next, last.series.instrument.name, last);
      return undefined;
    },
    wait(reason, { instrument }) {
      if (reason) return lose(reason, instrument.name);
      counts.pending++;
      engine.step?.("folded", instrument.type, instrument.name);
    },
  };
}

/** Records calls without policies. */
export const createSettle =
  ({ sampled, send }: CallSteps): Settle =>
  (given, value, location, time, rate) => {
    const series = rate === 1 ? given : sampled(given, location, rate);
    if (series) send(series, value, location, time);
  };
