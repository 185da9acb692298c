import { copyAttributes, type Bag } from "../attributes.js";
import type { MetricType, Trace } from "../metric.js";
import type { Waiting } from "../waiting.js";
import type { World } from "../world.js";

/** What a call, or `beforeSendMetric`, may say besides type, name and value. */
export interface Details {
  readonly unit?: unknown;
  readonly timestamp?: unknown;
  readonly attributes?: unknown;
}

/** As seconds this is the year 5138: a larger number was meant as milliseconds. */
const SURELY_MILLISECONDS = 1e11;

/** Puts a metric together; `base` holds the attributes it shares with others. */
export function draft(
  world: World,
  type: MetricType,
  name: string,
  value: number,
  details: Details,
  trace: Trace,
  base: Bag,
  now: number,
): Waiting {
  const { unit, timestamp } = details;
  const time = readTime(timestamp);
  if (__DEV__) world.lint?.(type, name, details, time);
  return {
    type,
    name,
    value,
    unit: typeof unit === "string" && unit ? unit : undefined,
    time: time ?? now,
    trace,
    attributes: copyAttributes(details.attributes),
    base,
    bytes: 0,
    calls: 1,
    sequence: 0,
    place: 0,
  };
}

/** Milliseconds since the epoch of a `timestamp`, to the microsecond; `undefined` if unusable. */
function readTime(given: unknown): number | undefined {
  // A Date may come from another realm, where `instanceof` does not know it.
  let time = Number((given as Date | null | undefined)?.getTime?.());
  if (typeof given === "number")
    time = given < SURELY_MILLISECONDS ? Math.round(given * 1e6) / 1e3 : given;
  return time >= 0 && time < SURELY_MILLISECONDS * 1e3 ? time : undefined;
}
