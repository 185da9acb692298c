import type { Engine } from "../contract/engine.js";
import type { ChangedMetric } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { HookHost, Redraft } from "../contract/stage.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { makeSeries } from "../engine/series.js";
import { changeMetric } from "../engine/waiting-metric.js";
import { readOptions } from "./call-options.js";
import { check } from "./check.js";

/** Makes the function that makes metrics out of what `beforeSendMetric` returns. */
export function createRedraft(engine: Engine, { find, named, lint }: HookHost): Redraft {
  function build(changed: ChangedMetric, details: Partial<ChangedMetric>, original: PendingMetric) {
    const { type, name, value } = changed;
    if (__DEV__) check(engine, type, name, value);
    const instrument = find(type, name, details.unit);
    if (!instrument || !Number.isFinite(value)) return undefined;
    const time = readTime(details.timestamp);
    if (__DEV__) lint?.(type, name, details, time);
    return changeMetric(original, {
      series: makeSeries(instrument, copyAttributes(details.attributes)),
      value,
      time,
      trace: named(details.trace),
      sharedAttributes: NOTHING,
    });
  }

  return function redraft(changed, original) {
    try {
      return build(changed, changed, original);
    } catch (error) {
      engine.error("options threw", error);
      return build(changed, readOptions(changed as object), original);
    }
  };
}

/** Milliseconds since the epoch of a `timestamp`, to the microsecond; `undefined` if unusable. */
export function readTime(given: unknown): number | undefined {
  const time =
    typeof given === "number"
      ? // As seconds 1e11 is the year 5138: a larger number was meant as milliseconds.
        given < 1e11
        ? Math.round(given * 1e6) / 1e3
        : given
      : // A Date may come from another realm, where `instanceof` does not know it.
        Number((given as Date | null | undefined)?.getTime?.());
  return time >= 0 && time < 1e14 ? time : undefined;
}
