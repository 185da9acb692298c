import type { Engine } from "../contract/engine.js";
import type { AttributeMap, MetricOptions, Trace } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Instrument, Series } from "../contract/series.js";
import type { CallSteps, Location, Settle, Stage } from "../contract/stage.js";
import type { ChangeAttribute } from "../contract/policy.js";
import type { VolumeCalls, VolumeContext } from "../contract/volume.js";
import { NOTHING } from "../engine/attributes.js";
import { fallbackTrace } from "../engine/fallback-trace.js";
import { exactSize } from "../engine/size.js";
import { locationOf } from "../engine/waiting-metric.js";
import { createSampling } from "../volume/sample.js";
import { createApplyShared } from "./apply-shared.js";
import { UNREAD_TRACE, withTrace, type FoldTable } from "./fold-table.js";
import { createBind, type Tables } from "./handles.js";
import type { TableInstrument } from "./plan.js";
import type { TableSeries } from "./table-series.js";

/** Makes the functions that record the calls of one source by the rules of its client. */
export function createCalls(
  engine: Engine,
  tables: Tables,
  steps: CallSteps,
  context: VolumeContext,
): VolumeCalls {
  const { now, platform } = engine;
  const { counts, hook, lose, measure, send } = steps;
  // A policy may sample in a client that was made without the part.
  const sample = steps.sample ?? createSampling(engine, fallbackTrace(engine.random));
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
  function changed(location: Location, change: ChangeAttribute): Location {
    const { trace, sharedAttributes } = location;
    return locationOf(trace, applyShared(change, sharedAttributes));
  }

  let unread: Location = locationOf(UNREAD_TRACE, NOTHING);

  /** The trace of a counter that is folded by series is read for the first call of an interval only. */
  function locate(options: MetricOptions, instrument: Instrument): Location {
    const isSum = (instrument as TableInstrument).isSum && options.sampleRate === undefined;
    if (!isSum || options.trace !== undefined || options.scope !== undefined)
      return context.locate(options);
    const sharedAttributes = context.around();
    if (sharedAttributes !== unread.sharedAttributes)
      unread = locationOf(UNREAD_TRACE, sharedAttributes);
    return unread;
  }

  const readTrace = (): Trace => context.locate(NOTHING).trace;

  /** Every text is read once for calls in a row that are alike: those that a rate leaves out must cost little. */
  function sizeOfCall(series: Series, sharedAttributes: AttributeMap): number {
    const table = series.isCached ? (series as TableSeries) : undefined;
    if (table?.sized?.sharedAttributes === sharedAttributes) return table.sized.bytes;
    const bytes = exactSize({ series, sharedAttributes }, engine.encodeUtf8);
    if (table) table.sized = { sharedAttributes, bytes };
    return bytes;
  }

  /** The series of a call that is kept; reports it if it is not. */
  function sampled(given: Series, location: Location, rate: number): Series | undefined {
    const series = sample(given, location, rate, tables.rated);
    if (series) return series;
    const { name, usage } = given.instrument as TableInstrument;
    const bytes = sizeOfCall(given, location.sharedAttributes);
    usage.rawBytes += bytes;
    lose("sample_rate", name, undefined, bytes);
    return undefined;
  }

  const settle: Settle = (given, value, around, time, callRate, isTimed) => {
    const { plan, type, usage } = given.instrument as TableInstrument;
    const rate = plan.rate * callRate;
    let location = around;
    let series: Series | undefined = given;
    usage.calls++;
    if (plan.change !== undefined) location = changed(around, plan.change);
    if (rate !== 1) series = sampled(given, location, rate);
    if (series === undefined) return;
    // While a page ends there is no time to fold.
    if (plan.by === undefined || isTimed || isEnding?.())
      usage.rawBytes += send(series, value, withTrace(location, readTrace), time);
    else {
      const at = type === "counter" ? 0 : (time ?? now());
      wait(tables.fold(series, value, location, at, finish, readTrace), series);
    }
  };

  return {
    locate,
    settle,
    bindTo: (record) =>
      createBind(engine, tables, steps, context, { changed, finish, record, settle }),
  };
}
