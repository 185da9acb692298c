import type { MetricStats } from "../contract/drop.js";
import type { AttributeMap } from "../contract/metric.js";
import type { Settings } from "../contract/options.js";
import type { Part } from "../contract/part.js";
import type { VolumeRule } from "../contract/policy.js";
import type { Series } from "../contract/series.js";
import type { CreateVolume } from "../contract/volume.js";
import { copyAttributes } from "../engine/attributes.js";
import { makeSeries } from "../engine/series.js";
import { rateOf, rateSeries, SAMPLE_RATE } from "../volume/rate.js";
import { createCalls } from "./calls.js";
import { createFoldTable } from "./fold-table.js";
import { createInstruments } from "./instruments.js";
import { createMerged } from "./merged.js";
import { changeAll, type TableInstrument } from "./plan.js";
import { createPlanOf } from "./rules.js";
import { createSeriesTable } from "./series-table.js";
import { OverflowSeries, type TableSeries } from "./table-series.js";
import { readUsages, reportUsages } from "./usages.js";

/**
 * Applies the `volume` option and counts what each metric costs; calls find their series without copying attributes.
 * Folds as `folding()` does while the queue is full.
 */
export const volume = (): Part => ({ createVolume });

/** Makes the table of the metrics of one client. */
export const createVolume: CreateVolume = (engine, host, measure) => {
  const { monotonicMs, platform } = engine;
  const { isEnding } = platform;
  const instruments = createInstruments(createPlanOf(engine), engine.settings.sampleRate ?? 1);
  const table = createSeriesTable(mostSeries(engine.settings), (instrument) =>
    folds.hasRoom(instrument),
  );
  const folds = createFoldTable(engine, host, measure, table);
  const startMs = monotonicMs();
  const stats = (): MetricStats[] => readUsages(instruments.usages(), monotonicMs() - startMs);
  if (engine.step) reportUsages(engine, stats);

  const overflows = new WeakMap<TableInstrument, OverflowSeries>();
  function overflowOf(instrument: TableInstrument): Series {
    let series = overflows.get(instrument);
    if (!series) overflows.set(instrument, (series = new OverflowSeries(instrument)));
    return series;
  }

  function findSeries(given: Series["instrument"], attributes: unknown, mayFold?: boolean): Series {
    const instrument = given as TableInstrument;
    const known = table.find(instrument, attributes);
    if (known) return known;
    const { by, change } = instrument.plan;
    // Nothing of its attributes is sent, unless the application has sampled it.
    if (by && mayFold && !folds.hasRoom(instrument) && !isEnding?.() && !hasRate(attributes))
      return overflowOf(instrument);
    const copied = copyAttributes(attributes);
    return makeSeries(instrument, change ? changeAll(change, copied) : copied);
  }

  /** Found again for calls in a row of one series and rate. */
  function rated(series: Series, shared: AttributeMap, rate: number): Series {
    if (!series.isCached) return rateSeries(series, shared, rate);
    const own = series as TableSeries;
    const total = rate * rateOf(series.attributes, shared);
    if (own.rated?.attributes[SAMPLE_RATE] === total) return own.rated;
    const { attributes } = rateSeries(series, shared, rate);
    return (own.rated = table.ofExactly(own.instrument, attributes));
  }

  return {
    find: instruments.find,
    findSeries,
    merged: createMerged(),
    createCalls: (steps, context) =>
      createCalls(engine, { find: instruments.find, findSeries, rated, ...folds }, steps, context),
    add: folds.add,
    take: folds.take,
    onDelivered(metrics) {
      for (const { bytes, series } of metrics) {
        const { usage } = series.instrument as TableInstrument;
        usage.items++;
        usage.billedBytes += bytes;
      }
    },
    stats,
  };
};

/** Whether the attributes of a call, of any type, say that calls were left out. */
function hasRate(attributes: unknown): boolean {
  try {
    return (attributes as AttributeMap)[SAMPLE_RATE] !== undefined;
  } catch {
    return true;
  }
}

/** The most series that any rule folds at a time. */
function mostSeries({ maxSeries, volume = [] }: Settings): number {
  const given = volume.map((rule) => Number((rule as VolumeRule | null)?.maxSeries ?? 0));
  return Math.max(maxSeries, ...given.filter(Number.isFinite));
}
