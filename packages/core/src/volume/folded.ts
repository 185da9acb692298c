import type { Trace } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import { changeMetric } from "../engine/waiting-metric.js";
import { rateOf, SAMPLE_RATE, splitRates, withAttribute } from "./rate.js";

/** A call that was kept as it was made. */
export interface Call {
  readonly value: number;
  readonly time: number;
  readonly trace: Trace;
}

/** Calls of one series that are folded together. */
export interface Folded {
  /** The first one: all have its series, its shared attributes and its size. */
  readonly first: PendingMetric;
  calls: number;
  /** Of a counter: the sum of all calls, as far as a double holds it. */
  sum: number;
  /** The rounding error of the sum (Neumaier's compensated summation). */
  rest: number;
  last: Call;
  /** The least and the greatest call, then a uniform sample of all others. Empty for counters. */
  readonly kept: Call[];
}

/** No calls yet of the series of a metric. */
export const newFolded = (first: PendingMetric): Folded => ({
  first,
  calls: 0,
  // Not 0: V8 would hold whole numbers first, and compile everything again at the first other one.
  sum: -0,
  rest: -0,
  last: callOf(first),
  kept: [],
});

/** The most calls of a distribution that are kept while the queue is full, and when the table is full, too. */
const SAMPLE_SIZE = 100;
const SMALL_SAMPLE_SIZE = 3;

/**
 * Adds a metric that the queue has no room for. Returns how many calls are kept more than before; `undefined` when it
 * cannot be added.
 */
export function addMetric(
  folded: Folded,
  metric: PendingMetric,
  isFull: () => boolean,
  random: () => number,
): number | undefined {
  if (metric.series.instrument.type !== "counter")
    return addCall(folded, callOf(metric), isFull() ? SMALL_SAMPLE_SIZE : SAMPLE_SIZE, random);
  if (!addToSum(folded, metric.value)) return undefined;
  // Kept whole: copying what is needed would cost every call.
  folded.last = metric;
  return 0;
}

/** Without what is the same for all: many calls are kept. */
const callOf = ({ value, time, trace }: Call): Call => ({ value, time, trace });

/** Adds a call of a counter; `false` when the sum would be no finite number. */
export function addToSum(folded: Folded, value: number): boolean {
  const { sum } = folded;
  const next = sum + value;
  if (next - next !== 0) return false;
  // Whole numbers below 2^53 leave no rest.
  folded.rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
  folded.sum = next;
  folded.calls++;
  return true;
}

/**
 * Adds a call of a gauge or a distribution, of which at most `size` calls are kept. Returns how many calls are kept
 * more than before.
 */
export function addCall(folded: Folded, call: Call, size: number, random: () => number): number {
  const { kept } = folded;
  const calls = folded.calls++;
  folded.last = call;
  let other = call;
  // A new end sends the one before it among the others.
  if (other.value < (kept[0]?.value as number)) [other, kept[0]] = [kept[0] as Call, other];
  if (other.value > (kept[1]?.value as number)) [other, kept[1]] = [kept[1] as Call, other];
  // A gauge has no others; those of a distribution are sampled one by one (Vitter's algorithm R).
  const room = folded.first.series.instrument.type === "gauge" ? 2 : size;
  const place = room > 2 && kept[1] ? 2 + Math.floor(random() * (calls - 1)) : room;
  // Once a call was left out, as many are kept for good: it had no chance to be among more.
  if (kept.length === calls && calls < room) return kept.push(other) - calls;
  if (place < kept.length) kept[place] = other;
  return 0;
}

/** From here on a double cannot hold every whole number. */
const MAX_EXACT = 2 ** 53;

/** The sum as one number, or as two that add up where one cannot hold it. */
function splitSum({ sum, rest }: Folded): number[] {
  const total = sum + rest;
  return Math.abs(sum) < MAX_EXACT || total - sum === rest ? [total] : [sum, rest];
}

/** Metrics that stand for all calls. `split` shares them out among the kept ones of a distribution. */
export function metricsOf(folded: Folded, split: typeof splitRates = splitRates): PendingMetric[] {
  const { calls, first, kept, last } = folded;
  const { type } = first.series.instrument;
  const metricOf = (call: Call): PendingMetric => changeMetric(first, call);
  if (type === "distribution") return sampleOf(calls, kept.map(metricOf), split);
  const metrics = (
    type === "gauge"
      ? [...kept.filter(({ value }) => value !== last.value), last]
      : splitSum(folded).map((value) => ({ value, time: last.time, trace: last.trace }))
  ).map(metricOf);
  // Each item stands for one call, the final one for all the others.
  const final = metrics.pop() as PendingMetric;
  const rest = calls - metrics.length;
  // Read by people and the explorer; absent from what stands for one call.
  return [...metrics, rest > 1 ? withAttribute(final, rest, "spanmeter.folded", rest) : final];
}

/** The kept calls of a distribution, each with the weight of those that it stands for. */
function sampleOf(calls: number, kept: PendingMetric[], split: typeof splitRates): PendingMetric[] {
  // The least and the greatest stand for themselves.
  const others = calls - 2;
  const sampled = kept.length - 2;
  if (sampled >= others) return kept;
  const rates = split(sampled, others);
  return kept.map((metric, i) => {
    if (i < 2) return metric;
    const { series, sharedAttributes } = metric;
    // Calls are whole: the first ones stand for one more where they do not divide evenly.
    const share = Math.ceil((others - i + 2) / sampled);
    return withAttribute(
      metric,
      share,
      SAMPLE_RATE,
      rateOf(series.attributes, sharedAttributes) * (rates[i - 2] as number),
    );
  });
}
