import { copyAttributes, sizeOf, type Bag } from "../attributes.js";
import type { Diagnostics } from "../diagnostics.js";
import type { MetricType, Trace } from "../metric.js";
import { FIXED_BYTES, type Waiting } from "../waiting.js";
import type { Lint } from "./lint.js";

/** What is known of a metric once its call was checked and its context found. */
export interface Told {
  readonly type: MetricType;
  readonly name: string;
  readonly value: number;
  readonly unit?: unknown;
  readonly timestamp?: unknown;
  readonly attributes?: unknown;
}

/** Puts a metric together; `base` holds the attributes it shares with others. */
export type Draft = (told: Told, trace: Trace, base: Bag, baseSize: number, now: number) => Waiting;

/** As seconds this is the year 5138: a larger number was meant as milliseconds. */
const SURELY_MILLISECONDS = 1e11;

export function createDraft(lint: Lint | false, diagnostics: Diagnostics): Draft {
  /** Milliseconds since the epoch of a `timestamp`, to the microsecond. */
  function readTime(given: unknown, name: string, now: number): number {
    // A Date may come from another realm, where `instanceof` does not know it.
    let time = Number((given as Date).getTime?.());
    if (typeof given === "number")
      time = given < SURELY_MILLISECONDS ? Math.round(given * 1e6) / 1e3 : given;
    const isUsable = time >= 0 && time < SURELY_MILLISECONDS * 1e3;
    if (__DEV__ && (!isUsable || (time === given && time > 0)))
      diagnostics.warn(
        `timestamp ${name}`,
        isUsable
          ? `The timestamp of "${name}" looks like milliseconds; seconds since 1970 are expected. It was divided by 1000.`
          : `The timestamp of "${name}" is neither a valid Date nor seconds since 1970; the current time was used.`,
      );
    return isUsable ? time : now;
  }

  return (
    { type, name, value, unit, timestamp, attributes: given },
    trace,
    base,
    baseSize,
    now,
  ) => {
    const known = typeof unit === "string" && unit ? unit : undefined;
    if (__DEV__ && unit !== undefined && typeof unit !== "string")
      diagnostics.warn(`unit ${name}`, `The unit of "${name}" must be text; it was left out.`);
    if (lint) lint(type, name, known);
    const attributes = copyAttributes(given);
    return {
      type,
      name,
      value,
      unit: known,
      time: timestamp === undefined || timestamp === null ? now : readTime(timestamp, name, now),
      trace,
      attributes,
      base,
      bytes: name.length + FIXED_BYTES + sizeOf(attributes) + baseSize,
      sequence: 0,
    };
  };
}
