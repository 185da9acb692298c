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

  /** What was read may have thrown; what was recorded must not be recorded again. */
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
      isRead = true;
      settle(series, value, location, time, rate, time !== undefined);
    } catch (error) {
      recordAgain(error, isRead || Boolean(isAgain), [type, name, value, given]);
    }
  }

  return record;
}
