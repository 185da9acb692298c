import { copyAttributes, NOTHING, type Bag } from "../engine/attributes.js";
import type { MetricOptions, Trace } from "../contract/metric.js";
import type { Waiting } from "../contract/pending-metric.js";
import type { World } from "../engine/engine.js";
import { lintOptions, readOptions } from "./call-options.js";
import { check } from "./check.js";

/**
 * Puts a metric together, if it can be one: from a call, or from what `beforeSendMetric` made of the metric
 * it was shown. Time and trace that it left out stay as they were; attributes that it removed stay removed.
 */
export type Draft = (
  type: Waiting["type"],
  name: string,
  value: number,
  details: MetricOptions,
  shown?: Waiting,
) => Waiting | undefined;

/** The trace of a call, and the attributes that are around it. */
interface Place {
  readonly trace: Trace;
  readonly base: Bag;
}

export function createDraft(
  world: World,
  locate: (options: MetricOptions) => Place,
  named: (trace: Trace | undefined) => Trace | undefined,
): Draft {
  const { now } = world;
  const build: Draft = (type, name, value, details, shown) => {
    const { unit } = details;
    const time = readTime(details.timestamp);
    if (__DEV__) world.lint?.(type, name, details, time);
    if (__DEV__ && world.lint && !shown) lintOptions(world, name, details);
    const { trace, base } = shown
      ? { trace: named(details.trace) ?? shown.trace, base: NOTHING }
      : locate(details);
    return {
      type,
      name,
      value,
      unit: (typeof unit === "string" && unit) || undefined,
      time: time ?? shown?.time ?? now(),
      trace,
      attributes: copyAttributes(details.attributes),
      base,
      bytes: 0,
      calls: 1,
      sequence: 0,
      place: 0,
    };
  };

  return (type, name, value, details, shown) => {
    if (!check(world, type, name, value)) return undefined;
    try {
      return build(type, name, value, details, shown);
    } catch (error) {
      world.error("options threw", error);
      return build(type, name, value, readOptions(details), shown);
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
