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
  const known = typeof unit === "string" && unit ? unit : undefined;
  const time = readTime(timestamp);
  const isUsable = time >= 0 && time < SURELY_MILLISECONDS * 1e3;
  if (__DEV__) {
    if (unit !== undefined && typeof unit !== "string")
      world.warn(`unit ${name}`, `The unit of "${name}" must be text; it was left out.`);
    if (timestamp !== undefined && timestamp !== null && !isUsable)
      world.warn(
        `timestamp ${name}`,
        `The timestamp of "${name}" is neither a valid Date nor seconds since 1970; the current time was used.`,
      );
    if (time === timestamp && time > 0)
      world.warn(
        `timestamp ${name}`,
        `The timestamp of "${name}" looks like milliseconds; seconds since 1970 are expected. It was divided by 1000.`,
      );
    world.lint?.(type, name, known);
  }
  return {
    type,
    name,
    value,
    unit: known,
    time: isUsable ? time : now,
    trace,
    attributes: copyAttributes(details.attributes),
    base,
    bytes: 0,
    sequence: 0,
  };
}

/** Milliseconds since the epoch of a `timestamp`, to the microsecond; else NaN. */
function readTime(given: unknown): number {
  if (typeof given === "number")
    return given < SURELY_MILLISECONDS ? Math.round(given * 1e6) / 1e3 : given;
  // A Date may come from another realm, where `instanceof` does not know it.
  return Number((given as Date | null | undefined)?.getTime?.());
}
