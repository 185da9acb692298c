import type { Counts, Engine } from "../contract/engine.js";
import type { MetricOptions, MetricType } from "../contract/metric.js";
import type { FindInstrument, FindSeries } from "../contract/series.js";
import type { CallSteps, Location, RecordCall, Settle } from "../contract/stage.js";
import { NOTHING } from "../engine/attributes.js";
import { lintOptions, rateOfCall, readOptions } from "./call-options.js";
import { check } from "./check.js";
import { readTime } from "./draft.js";
import type { Lint } from "./lint.js";

/** Finds everything that a call is about. */
export interface Finders {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  locate(options: MetricOptions): Location;
}

/** Makes the function that reads the arguments of a call, and records it. */
export function createRecord(
  engine: Engine,
  { find, findSeries, locate }: Finders,
  settle: Settle,
  lose: CallSteps["lose"],
  counts: Counts,
  /** Present where developers are warned. */
  lint: Lint | undefined,
): RecordCall {
  const { isClosed, settings } = engine;
  const { sampleRate: clientRate = 1 } = settings;

  /** Reads all options before it records anything: they may throw. */
  function read(type: MetricType, name: string, value: number, options: MetricOptions): void {
    const { unit, timestamp, sampleRate } = options;
    const instrument = find(type, name, unit);
    if (!instrument || !Number.isFinite(value)) {
      if (__DEV__) check(engine, type, name, value);
      return lose("invalid", name);
    }
    const time = timestamp === undefined ? undefined : readTime(timestamp);
    if (__DEV__ && lint) {
      lint(type, name, options, time);
      lintOptions(engine, name, options);
    }
    const rate =
      sampleRate === undefined ? clientRate : clientRate * rateOfCall(engine, name, sampleRate);
    const location = locate(options);
    const series = findSeries(instrument, options.attributes);
    try {
      settle(series, value, location, time, rate, time !== undefined);
    } catch (error) {
      engine.error("a call could not be recorded", error);
      lose("internal_sdk_error", name);
    }
  }

  return function record(type, name, value, given) {
    if (isClosed()) return;
    const options = given ?? NOTHING;
    counts.recorded++;
    try {
      read(type, name, value, options);
    } catch (error) {
      engine.error("options threw", error);
      try {
        read(type, name, value, readOptions(options));
      } catch {
        lose("internal_sdk_error", name);
      }
    }
  };
}
