import type { Counts, Engine } from "../contract/engine.js";
import type { MetricOptions, MetricType } from "../contract/metric.js";
import type { FindInstrument, FindSeries, Series } from "../contract/series.js";
import type { Bind, Location, RecordCall, Settle } from "../contract/stage.js";
import type { BoundSettle } from "../contract/volume.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { lintOptions, mergeOptions, rateOfCall, readOptions } from "./call-options.js";
import { check } from "./check.js";
import { readTime } from "./draft.js";
import type { Lint } from "./lint.js";
import type { Lose } from "./settle.js";

/** Finds everything that a call is about. */
export interface Finders {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  locate(options: MetricOptions): Location;
  /** The active trace, with the attributes of the client but not those of the Sentry scope. */
  locateClient(): Location;
}

/** Records calls of one client. Both never throw. */
export interface Recorder {
  readonly record: RecordCall;
  readonly bind: Bind;
}

/** Makes the functions that read a call's arguments. */
export function createRecorder(
  engine: Engine,
  { find, findSeries, locate, locateClient }: Finders,
  settle: Settle,
  bindSum: BoundSettle["bind"] | undefined,
  lose: Lose,
  counts: Counts,
  /** Present where developers are warned. */
  lint: Lint | undefined,
): Recorder {
  const { isClosed, platform, settings } = engine;
  const { sampleRate: clientRate = 1 } = settings;

  const settleSafely: Settle = (series, ...call) => {
    try {
      settle(series, ...call);
    } catch (error) {
      engine.error("a call could not be recorded", error);
      lose("internal_sdk_error", series.instrument.name);
    }
  };

  /** Reads the options first: they may throw. */
  function read(type: MetricType, name: string, value: number, options: MetricOptions): void {
    const { unit, timestamp, sampleRate } = options;
    const instrument = find(type, name, unit);
    if (instrument === undefined || !Number.isFinite(value)) {
      if (__DEV__) check(engine, type, name, value);
      return lose("invalid", name);
    }
    const time = timestamp === undefined ? undefined : readTime(timestamp);
    if (__DEV__ && lint) {
      lint(type, name, options, time);
      lintOptions(engine, name, options);
    }
    const callRate = sampleRate === undefined ? 1 : rateOfCall(engine, name, sampleRate);
    const location = locate(options);
    const series = findSeries(instrument, options.attributes);
    settleSafely(series, value, location, time, clientRate * callRate, time !== undefined);
  }

  function record(type: MetricType, name: string, value: number, given?: MetricOptions): void {
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
  }

  const bind: Bind = (type, name, { unit, attributes }) => {
    const copied = { unit, attributes: copyAttributes(attributes) };
    const instrument = find(type, name, unit);
    const series = instrument && findSeries(instrument, copied.attributes);
    const add = series && clientRate === 1 ? bindSum?.(series, locateClient) : undefined;
    if (__DEV__ && series) lint?.(type, name, { unit }, undefined);
    return function recordBound(value, options) {
      if (options !== undefined || !series || !Number.isFinite(value))
        return record(type, name, value, mergeOptions(copied, options));
      if (isClosed()) return;
      counts.recorded++;
      if (add && !platform.isEnding?.()) add(value);
      else settleSafely(series, value, locate(NOTHING), undefined, clientRate);
    };
  };

  return { record, bind };
}
