import type { AttributeMap } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { Series } from "../contract/series.js";
import type { CallSteps, Location, Settle } from "../contract/stage.js";
import type { BoundSettle, CreateVolume } from "../contract/volume.js";
import { copyAttributes } from "../engine/attributes.js";
import { makeSeries } from "../engine/series.js";
import { rateOf, rateSeries, SAMPLE_RATE } from "../volume/rate.js";
import { createApplyShared } from "./apply-shared.js";
import { createFoldTable } from "./fold-table.js";
import { createInstruments } from "./instruments.js";
import { changeAll, type TableInstrument } from "./plan.js";
import { createPlanOf } from "./rules.js";
import { createSeriesTable, type TableSeries } from "./series-table.js";
import { readUsages } from "./usages.js";

/**
 * Applies the `volume` option and counts what each metric costs; calls find their series without copying attributes.
 * Folds as `folding()` does while the queue is full.
 */
export const volume = (): Part => ({ createVolume });

/** Makes the table of the metrics of one client. */
export const createVolume: CreateVolume = (engine, host, measure) => {
  const { monotonicMs, now, platform } = engine;
  const instruments = createInstruments(createPlanOf(engine));
  const table = createSeriesTable(engine.settings.maxSeries);
  const folds = createFoldTable(engine, host, measure, table);
  const startMs = monotonicMs();

  function findSeries(given: Series["instrument"], attributes: unknown): Series {
    const instrument = given as TableInstrument;
    const { by, change } = instrument.plan;
    const mayGrow = by !== undefined && folds.hasRoom(instrument);
    const known = table.find(instrument, attributes, mayGrow);
    if (known) return known;
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

  function createSettle(steps: CallSteps, defaults: () => AttributeMap): BoundSettle {
    const { finish, sampled, send, wait } = steps;
    const applyShared = createApplyShared(defaults);

    const settle: Settle = (given, value, around, time, callRate, isTimed) => {
      const { plan, type, usage } = given.instrument as TableInstrument;
      let series: Series | undefined = given;
      let location = around;
      usage.calls++;
      if (plan.change) {
        const { trace, sharedAttributes } = around;
        location = { trace, sharedAttributes: applyShared(plan.change, sharedAttributes) };
      }
      const rate = plan.rate * callRate;
      if (rate !== 1) {
        series = sampled(given, location, rate, rated);
        if (!series) return void (usage.rawBytes += given.sized?.bytes ?? 0);
      }
      // While a page ends there is no time to fold.
      if (plan.by === undefined || isTimed || platform.isEnding?.())
        usage.rawBytes += send(series, value, location, time);
      else {
        const at = type === "counter" ? 0 : (time ?? now());
        wait(folds.fold(series, value, location, at, finish), series);
      }
    };

    function bind(series: Series, locate: () => Location): ((value: number) => void) | undefined {
      const { plan, type, usage } = series.instrument as TableInstrument;
      if (plan.by !== "series" || plan.rate !== 1 || type !== "counter") return undefined;
      const { change } = plan;
      const locateBound = change
        ? () => {
            const { trace, sharedAttributes } = locate();
            return { trace, sharedAttributes: applyShared(change, sharedAttributes) };
          }
        : locate;
      const add = folds.bind(series, locateBound, finish);
      return function addBound(value) {
        usage.calls++;
        wait(add(value), series);
      };
    }

    return { settle, bind };
  }

  return {
    find: instruments.find,
    findSeries,
    createSettle,
    add: folds.add,
    take: folds.take,
    onDelivered(metrics) {
      for (const { bytes, series } of metrics) {
        const { usage } = series.instrument as TableInstrument;
        usage.items++;
        usage.billedBytes += bytes;
      }
    },
    stats: () => readUsages(instruments.usages(), monotonicMs() - startMs),
  };
};
