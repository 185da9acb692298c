import type { Drop, DropReason } from "../contract/drop.js";
import type { Counts, Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Sample } from "../contract/part.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { AttributeRules, Series } from "../contract/series.js";
import type { Fold, Location, Measure, Stage } from "../contract/stage.js";
import { exactSize } from "../engine/size.js";

/** The stages of a call after its options were read, in this order. Those of parts that are missing are absent. */
export interface Stages {
  readonly sample: Sample | undefined;
  /** The series of calls of which a share was kept. */
  rated(series: Series, shared: AttributeMap, rate: number): Series;
  /** The shared attributes that rules leave. */
  applyShared(rules: AttributeRules, shared: AttributeMap): AttributeMap;
  readonly fold: Fold | undefined;
  readonly hook: Stage | undefined;
  readonly measure: Measure;
  readonly push: Stage;
}

/** Brings calls to the queue, or to the folds that they are a part of. */
export interface Settle {
  /**
   * Records a call of a series. `time` is when it was made, in milliseconds since the epoch, if that is known;
   * `callRate` the share of its siblings that the call is to be kept with; `isTimed` says that the application gave
   * the time, which folding would lose. Never throws.
   */
  settle(
    series: Series,
    value: number,
    around: Location,
    time: number | undefined,
    callRate: number,
    isTimed?: boolean,
  ): void;
  /** Adds up calls of a counter without reading their surroundings; `undefined` where its plan does not allow it. */
  bind(series: Series, locate: () => Location): ((value: number) => void) | undefined;
  /** Reports a lost call. */
  lose(reason: DropReason | undefined, name: unknown, metric?: PendingMetric, bytes?: number): void;
}

/** Makes the last steps of a call. */
export function createSettle(
  engine: Engine,
  stages: Stages,
  { counts, drop }: { readonly counts: Counts; drop(drop: Drop): void },
): Settle {
  const { sample, fold, hook, measure, push } = stages;
  const { now, platform, step } = engine;

  function lose(
    reason: DropReason | undefined,
    name: unknown,
    metric?: PendingMetric,
    bytes = 0,
  ): void {
    drop({
      reason: reason ?? "invalid",
      name: typeof name === "string" ? name : undefined,
      metrics: metric?.calls ?? 1,
      bytes: metric ? exactSize(metric, engine.encodeUtf8) : bytes,
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

  /** Brings metrics that stand for folded calls to the queue. */
  function finish(metric: PendingMetric): PendingMetric | undefined {
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
  }

  function send(series: Series, value: number, time: number, location: Location): void {
    const { instrument } = series;
    let metric: PendingMetric = {
      series,
      value,
      time,
      trace: location.trace,
      sharedAttributes: location.sharedAttributes,
      bytes: 0,
      calls: 1,
      sequence: 0,
      arrivalIndex: 0,
    };
    let next: ReturnType<Stage> = hook ? hook(metric) : metric;
    if (typeof next === "object") next = measure((metric = next));
    if (typeof next === "object") {
      instrument.usage.rawBytes += next.bytes;
      next = push((metric = next));
    }
    if (typeof next !== "object") lose(next, metric.series.instrument.name, metric);
  }

  /** Records a call whose options were read. `time` is that of its options, in milliseconds. */
  function settle(
    given: Series,
    value: number,
    around: Location,
    time: number | undefined,
    callRate: number,
    isTimed?: boolean,
  ): void {
    const { instrument } = given;
    const { plan, usage } = instrument;
    let series = given;
    let location = around;
    usage.calls++;
    try {
      if (plan.rules)
        location = {
          ...around,
          sharedAttributes: stages.applyShared(plan.rules, around.sharedAttributes),
        };
      const rate = plan.rate * callRate;
      if (__DEV__ && rate !== 1 && !sample)
        engine.warn("part sampleRate", '"sampleRate" has no effect without the part sampling().');
      if (rate !== 1 && sample) {
        if (!sample(location.trace, rate)) {
          const bytes = sizeOfCall(series, location.sharedAttributes);
          usage.rawBytes += bytes;
          return lose("sample_rate", instrument.name, undefined, bytes);
        }
        series = stages.rated(series, location.sharedAttributes, rate);
      }
      // While a page ends there is no time to fold.
      if (!fold || plan.by === undefined || isTimed || platform.isEnding?.())
        send(series, value, time ?? now(), location);
      else {
        const at = instrument.type === "counter" ? 0 : (time ?? now());
        const reason = fold.fold(series, value, location, at, finish);
        if (reason) lose(reason, instrument.name);
        else counts.pending++;
      }
      step?.("recorded", instrument.type, instrument.name, value);
    } catch (error) {
      engine.error("a call could not be recorded", error);
      lose("internal_sdk_error", instrument.name);
    }
  }

  function bind(series: Series, locate: () => Location): ((value: number) => void) | undefined {
    const { instrument } = series;
    const { plan, usage } = instrument;
    const isCounter = instrument.type === "counter";
    if (!fold || plan.by !== "series" || plan.rate !== 1 || !isCounter) return undefined;
    const add = fold.bind(series, locate, finish);
    return function addBound(value) {
      usage.calls++;
      const reason = add(value);
      if (reason) lose(reason, instrument.name);
      else counts.pending++;
    };
  }

  return { settle, bind, lose };
}
