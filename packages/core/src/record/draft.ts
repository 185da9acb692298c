import type { Engine } from "../contract/engine.js";
import type { AttributeMap, MetricOptions, Trace } from "../contract/metric.js";
import type { Draft } from "../contract/stage.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { lintOptions, readOptions } from "./call-options.js";
import { check } from "./check.js";
import type { Lint } from "./lint.js";

/** Finds the trace of a call and the attributes around it. */
interface Locator {
  locate(options: MetricOptions): {
    readonly trace: Trace;
    readonly sharedAttributes: AttributeMap;
  };
  /** The trace that an application names, if it is a valid one. */
  named(trace: Trace | undefined): Trace | undefined;
}

/** Makes the function that makes metrics out of calls. */
export function createDraft(
  engine: Engine,
  { locate, named }: Locator,
  /** Present where developers are warned. */
  lint: Lint | undefined,
): Draft {
  const { now } = engine;

  const build: Draft = (type, name, value, details, original) => {
    const { unit } = details;
    const time = readTime(details.timestamp);
    if (__DEV__) lint?.(type, name, details, time);
    if (__DEV__ && lint && !original) lintOptions(engine, name, details);
    const { trace, sharedAttributes } = original
      ? { trace: named(details.trace) ?? original.trace, sharedAttributes: NOTHING }
      : locate(details);
    return {
      type,
      name,
      value,
      unit: (typeof unit === "string" && unit) || undefined,
      time: time ?? original?.time ?? now(),
      trace,
      attributes: copyAttributes(details.attributes),
      sharedAttributes,
      bytes: 0,
      calls: 1,
      sequence: 0,
      arrivalIndex: 0,
    };
  };

  return function draft(type, name, value, details, original) {
    if (!check(engine, type, name, value)) return undefined;
    try {
      return build(type, name, value, details, original);
    } catch (error) {
      engine.error("options threw", error);
      return build(type, name, value, readOptions(details), original);
    }
  };
}

/** Milliseconds since the epoch of a `timestamp`, to the microsecond; `undefined` if unusable. */
function readTime(given: unknown): number | undefined {
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
