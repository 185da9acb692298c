import type { Engine } from "../contract/engine.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import type { CallSteps, Location, Settle, Stage } from "../contract/stage.js";
import type { VolumeCalls, VolumeContext } from "../contract/volume.js";
import { exactSize } from "../engine/size.js";
import { warnWithoutSampling } from "../record/settle.js";
import { createApplyShared } from "./apply-shared.js";
import type { FoldTable } from "./fold-table.js";
import { createBind, type Tables } from "./handles.js";
import type { TableInstrument } from "./plan.js";

/** Makes the functions that record the calls of one source by the rules of its client. */
export function createCalls(
  engine: Engine,
  tables: Tables,
  steps: CallSteps,
  context: VolumeContext,
): VolumeCalls {
  const { now, platform } = engine;
  const { counts, hook, lose, measure, sample, send } = steps;
  const { isEnding } = platform;
  const applyShared = createApplyShared(context.defaults);

  /** Brings a metric that stands for folded calls through the hook. */
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

  /** Counts a call that waits in a fold, or reports why it does not. */
  function wait(reason: ReturnType<FoldTable["fold"]>, { instrument }: Series): void {
    if (reason) return lose(reason, instrument.name);
    counts.pending++;
    engine.step?.("folded", instrument.type, instrument.name);
  }

  /** The location of a call as the rules of its instrument leave it. */
  function changed(location: Location, { plan: { change } }: TableInstrument): Location {
    if (!change) return location;
    const { trace, sharedAttributes } = location;
    return { trace, sharedAttributes: applyShared(change, sharedAttributes) };
  }

  const settle: Settle = (given, value, around, time, callRate, isTimed) => {
    const instrument = given.instrument as TableInstrument;
    const { plan, usage } = instrument;
    const location = changed(around, instrument);
    const rate = plan.rate * callRate;
    usage.calls++;
    const series = rate === 1 || !sample ? given : sample(given, location, rate, tables.rated);
    if (__DEV__ && rate !== 1 && !sample) warnWithoutSampling(engine.warn);
    if (!series) {
      const lost = { series: given, sharedAttributes: location.sharedAttributes, calls: 1 };
      usage.rawBytes += exactSize(lost, engine.encodeUtf8);
      return lose("sample_rate", instrument.name, lost);
    }
    // While a page ends there is no time to fold.
    if (plan.by === undefined || isTimed || isEnding?.())
      usage.rawBytes += send(series, value, location, time);
    else {
      const at = instrument.type === "counter" ? 0 : (time ?? now());
      wait(tables.fold(series, value, location, at, finish), series);
    }
  };

  return {
    settle,
    bindTo: (record) =>
      createBind(engine, tables, steps, context, { changed, finish, record, settle }),
  };
}
