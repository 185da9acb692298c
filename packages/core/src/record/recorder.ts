import type { Counts, Engine } from "../contract/engine.js";
import type { MetricOptions, MetricType } from "../contract/metric.js";
import type { FindInstrument, FindSeries, Instrument } from "../contract/series.js";
import type { CallSteps, Lint, Location, RecordCall, Settle } from "../contract/stage.js";
import { NOTHING } from "../engine/attributes.js";
import { lintOptions, rateOfCall, readOptions } from "./call-options.js";
import { check } from "./check.js";
import { readTime } from "./draft.js";

/** Finds everything that a call is about. */
export interface Finders {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  locate(options: MetricOptions, instrument: Instrument): Location;
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

  // Rare and apart: what V8 compiles into one piece of a call is limited by its length.
  function refuse(type: MetricType, name: string, value: number): void {
    if (__DEV__) check(engine, type, name, value);
    lose("invalid", name);
  }

  function explain(warn: Lint, ...[type, name, options, time]: Parameters<Lint>): void {
    if (!__DEV__) return;
    warn(type, name, options, time);
    lintOptions(engine, name, options);
  }

  /** An option may have thrown when it was read; a call that was recorded must not be recorded again. */
  function recordAgain(error: unknown, isRead: boolean, call: Parameters<RecordCall>): void {
    const [type, name, value, given] = call;
    engine.error(isRead ? "a call could not be recorded" : "options threw", error);
    if (isRead) return lose("internal_sdk_error", name);
    counts.recorded--;
    record(type, name, value, readOptions(given), true);
  }

  function record(
    type: MetricType,
    name: string,
    value: number,
    given?: MetricOptions,
    isAgain?: boolean,
  ): void {
    if (isClosed()) return;
    counts.recorded++;
    let isRead = false;
    try {
      const options = given ?? NOTHING;
      const { unit, timestamp, sampleRate } = options;
      const instrument = find(type, name, unit);
      if (!instrument || !Number.isFinite(value)) return refuse(type, name, value);
      const time = timestamp === undefined ? undefined : readTime(timestamp);
      if (__DEV__ && lint) explain(lint, type, name, options, time);
      const rate =
        sampleRate === undefined ? clientRate : clientRate * rateOfCall(engine, name, sampleRate);
      const location = locate(options, instrument);
      const series = findSeries(instrument, options.attributes, time === undefined);
      isRead = true;
      settle(series, value, location, time, rate, time !== undefined);
    } catch (error) {
      recordAgain(error, isRead || Boolean(isAgain), [type, name, value, given]);
    }
  }

  return record;
}
