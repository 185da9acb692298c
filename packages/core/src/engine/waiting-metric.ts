import type { AttributeMap, Trace } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import type { Location } from "../contract/stage.js";
import { FIXED_BYTES, sizeOf } from "./size.js";

/** Times are counted from here: V8 holds a small whole number in the field itself, and others in 16 bytes more. */
let startMs = NaN;

/** Counts times from now on, unless that began before: those of waiting metrics must not change. */
export function countTimesFrom(nowMs: number): void {
  startMs ||= Math.floor(nowMs) || NaN;
}

/** A metric as most wait: with few fields of 8 bytes each, and one object for everything that calls have in common. */
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

/**
 * A metric with a time and a number of calls of its own: it stands for folded calls, was changed, or has a time that is
 * no whole number of milliseconds.
 */
class OwnTimeMetric extends WaitingMetric {
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
    : new OwnTimeMetric(series, value, location, time, 1);
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
  return new OwnTimeMetric(series, value, locationOf(trace, sharedAttributes), time, calls);
}

// Calls in a row mostly have the same attributes around them.
let sized: AttributeMap | undefined;
let size = 0;

/** Makes the location of calls. */
export function locationOf(trace: Trace, sharedAttributes: AttributeMap): Location {
  if (sharedAttributes !== sized) size = FIXED_BYTES + sizeOf((sized = sharedAttributes));
  return { trace, sharedAttributes, bytes: size };
}
