import type { Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { FindInstrument, FindSeries, Series } from "../contract/series.js";
import type {
  Bind,
  CallSteps,
  Location,
  Rated,
  RecordCall,
  Settle,
  Stage,
} from "../contract/stage.js";
import type { VolumeCalls, VolumeContext } from "../contract/volume.js";
import { NOTHING, withoutRemoved } from "../engine/attributes.js";
import { exactSize } from "../engine/size.js";
import { warnWithoutSampling } from "../record/settle.js";
import { bindTo } from "../record/verbs.js";
import { createApplyShared } from "./apply-shared.js";
import type { FoldTable } from "./fold-table.js";
import type { TableInstrument } from "./plan.js";

/** The tables of a client. */
interface Tables extends FoldTable {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  readonly rated: Rated;
}

/** Makes the functions that record the calls of one source by the rules of its client. */
export function createCalls(
  engine: Engine,
  tables: Tables,
  steps: CallSteps,
  context: VolumeContext,
): VolumeCalls {
  const { isClosed, now, platform, settings } = engine;
  const { counts, hook, lose, measure, sample, send } = steps;
  const { sampleRate: clientRate = 1 } = settings;
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

  let defaults: AttributeMap | undefined;
  let client: AttributeMap | undefined;
  let both: AttributeMap = NOTHING;

  /** The active trace, with the attributes of the client but not those around the call. */
  function locateClient(): Location {
    if (context.defaults() !== defaults || context.client() !== client)
      both = withoutRemoved({ ...(defaults = context.defaults()), ...(client = context.client()) });
    return { trace: context.locate(NOTHING).trace, sharedAttributes: both };
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
    if (plan.by === undefined || isTimed || platform.isEnding?.())
      usage.rawBytes += send(series, value, location, time);
    else {
      const at = instrument.type === "counter" ? 0 : (time ?? now());
      wait(tables.fold(series, value, location, at, finish), series);
    }
  };

  /** Adds up calls of a counter that is folded by series: nothing around a call is read. */
  function bindSum(series: Series): ((value: number) => void) | undefined {
    const instrument = series.instrument as TableInstrument;
    const { plan, type, usage } = instrument;
    if (plan.by !== "series" || plan.rate * clientRate !== 1 || type !== "counter")
      return undefined;
    const add = tables.bind(series, () => changed(locateClient(), instrument), finish);
    return function addBound(value) {
      usage.calls++;
      wait(add(value), series);
    };
  }

  function bind(record: RecordCall): Bind {
    const bindGeneral = bindTo(record);
    return function bindHandle(type, name, options) {
      const general = bindGeneral(type, name, options);
      const instrument = tables.find(type, name, options.unit);
      if (!instrument) return general;
      const series = tables.findSeries(instrument, options.attributes);
      const add = bindSum(series);
      // Developers are warned of what the first call shows.
      let isExplained = !__DEV__;
      return function recordBound(value, more) {
        if (more !== undefined || !Number.isFinite(value) || !isExplained) {
          isExplained = true;
          return general(value, more);
        }
        if (isClosed()) return;
        counts.recorded++;
        try {
          if (add && !platform.isEnding?.()) add(value);
          else settle(series, value, context.locate(NOTHING), undefined, clientRate);
        } catch (error) {
          engine.error("a call could not be recorded", error);
          lose("internal_sdk_error", name);
        }
      };
    };
  }

  return { settle, bindTo: bind };
}
