import type { AttributeMap, Trace } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import type { Location } from "../contract/stage.js";
import { FIXED_BYTES, sizeOf } from "./size.js";

/** Times are counted from here: V8 holds a small whole number in the field itself, and others in 16 bytes more. */
let startMs = 0;

/** Counts times from now on, unless that began before: those of waiting metrics must not change. */
export function countTimesFrom(nowMs: number): void {
  startMs ||= Math.floor(nowMs);
}

/** A call on its way. Thousands wait, and each field takes 8 bytes: what calls have in common is in one object. */
class WaitingMetric implements PendingMetric {
  sequence = 0;
  arrivalIndex = 0;
  constructor(
    readonly series: Series,
    readonly value: number,
    private readonly located: Location,
    private readonly sinceStartMs: number,
  ) {}
  get time(): number {
    return startMs + this.sinceStartMs;
  }
  get trace(): Trace {
    return this.located.trace;
  }
  get sharedAttributes(): AttributeMap {
    return this.located.sharedAttributes;
  }
  get bytes(): number {
    return this.series.bytes + this.located.bytes;
  }
  get calls(): number {
    return 1;
  }
}

/** A metric that stands for folded calls, or one with a time of its own. */
class RareMetric extends WaitingMetric {
  constructor(
    series: Series,
    value: number,
    location: Location,
    private readonly ownTime: number,
    private readonly ownCalls: number,
  ) {
    super(series, value, location, 0);
  }
  override get time(): number {
    return this.ownTime;
  }
  override get calls(): number {
    return this.ownCalls;
  }
}

/** Makes the metric of a call. */
export function createMetric(
  series: Series,
  value: number,
  time: number,
  location: Location,
): PendingMetric {
  const sinceMs = time - startMs;
  // Only a bitwise operation makes a number that V8 holds in the field.
  const wholeMs = sinceMs | 0;
  return wholeMs === sinceMs
    ? new WaitingMetric(series, value, location, wholeMs)
    : new RareMetric(series, value, location, time, 1);
}

type Change = {
  readonly [K in "series" | "value" | "time" | "trace" | "sharedAttributes" | "calls"]?:
    | PendingMetric[K]
    | undefined;
};

/** A copy of a metric with other members, before it enters the queue. */
export function changeMetric(metric: PendingMetric, change: Change): PendingMetric {
  const {
    series = metric.series,
    value = metric.value,
    time = metric.time,
    trace = metric.trace,
    sharedAttributes = metric.sharedAttributes,
    calls = metric.calls,
  } = change;
  return new RareMetric(series, value, locationOf(trace, sharedAttributes), time, calls);
}

// Calls in a row mostly have the same attributes around them.
let sized: AttributeMap | undefined;
let size = 0;

/** Makes the location of calls. */
export function locationOf(trace: Trace, sharedAttributes: AttributeMap): Location {
  if (sharedAttributes !== sized) size = FIXED_BYTES + sizeOf((sized = sharedAttributes));
  return { trace, sharedAttributes, bytes: size };
}
