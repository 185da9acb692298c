import type { Counts, Engine } from "../contract/engine.js";
import type { MetricOptions, MetricType } from "../contract/metric.js";
import type { FindSeries } from "../contract/series.js";
import type { Bind, FindInstrument, Location, RecordCall } from "../contract/stage.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { lintOptions, mergeOptions, rateOfCall, readOptions } from "./call-options.js";
import { check } from "./check.js";
import { readTime } from "./draft.js";
import type { Lint } from "./lint.js";
import type { Settle } from "./settle.js";

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
  { settle, bind: bindSum, lose }: Settle,
  counts: Counts,
  /** Present where developers are warned. */
  lint: Lint | undefined,
): Recorder {
  const { isClosed, platform } = engine;

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
    const rate = sampleRate === undefined ? 1 : rateOfCall(engine, name, sampleRate);
    const location = locate(options);
    const series = findSeries(instrument, options.attributes);
    settle(series, value, location, time, rate, time !== undefined);
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
    const add = series && bindSum(series, locateClient);
    if (__DEV__ && series) lint?.(type, name, { unit }, undefined);
    return function recordBound(value, options) {
      if (options !== undefined || !series || !Number.isFinite(value))
        return record(type, name, value, mergeOptions(copied, options));
      if (isClosed()) return;
      counts.recorded++;
      if (add && !platform.isEnding?.()) add(value);
      else settle(series, value, locate(NOTHING), undefined, 1);
    };
  };

  return { record, bind };
}
