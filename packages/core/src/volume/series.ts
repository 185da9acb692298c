import type { PendingMetric } from "../contract/pending-metric.js";
import { mark, rateOf, SAMPLE_RATE } from "./rate.js";

/** The most calls of a distribution in its sample. */
const SAMPLE_SIZE = 100;

/** Calls of one type, name, unit and set of attributes, folded together. */
export interface Series {
  calls: number;
  last: PendingMetric;
  /** Of a counter: the sum of all calls, as far as a double holds it. */
  sum: number;
  /** The rounding error of the sum (Neumaier's compensated summation). */
  rest: number;
  /** The least and the greatest call, then a uniform sample of all others. Of a counter, the first. */
  readonly kept: PendingMetric[];
}

/** Adds a call, with less room for samples where the table is full. */
export function addTo(
  series: Series,
  metric: PendingMetric,
  isFull: boolean,
  random: () => number,
): void {
  const { kept } = series;
  const { type } = metric;
  const calls = series.calls++;
  series.last = metric;
  if (type === "counter") addToSum(series, metric.value);
  if (calls && type === "counter") return;
  // A new end sends the one before it among the others.
  if (metric.value < (kept[0]?.value as number))
    [metric, kept[0]] = [kept[0] as PendingMetric, metric];
  if (metric.value > (kept[1]?.value as number))
    [metric, kept[1]] = [kept[1] as PendingMetric, metric];
  // A gauge has no others; those of a distribution are sampled one by one (Vitter's algorithm R).
  const room = type === "gauge" ? 2 : isFull ? 3 : SAMPLE_SIZE;
  const place = room > 2 && kept[1] ? 2 + Math.floor(random() * (calls - 1)) : room;
  // Once a call was left out, as many are kept for good: it had no chance to be among more.
  if (kept.length === calls && calls < room) kept.push(metric);
  else if (place < kept.length) kept[place] = metric;
}

function addToSum(series: Series, value: number): void {
  const { sum } = series;
  series.sum = sum + value;
  series.rest +=
    Math.abs(sum) >= Math.abs(value) ? sum - series.sum + value : value - series.sum + sum;
}

/** From here on a double cannot hold every whole number. */
const MAX_EXACT = 2 ** 53;

/** The sum as one number, or as two that add up where one cannot hold it. */
function splitSum({ sum, rest }: Series): number[] {
  const total = sum + rest;
  return Math.abs(sum) < MAX_EXACT || total - sum === rest ? [total] : [sum, rest];
}

/** Metrics that represent all calls of the series. */
export function metricsOf(series: Series): PendingMetric[] {
  const { calls, last, kept } = series;
  if (last.type === "distribution") {
    // The least and the greatest stand for themselves.
    const others = calls - 2;
    const sampled = kept.length - 2;
    return kept.map((metric, i) => {
      if (i < 2 || sampled === others) return metric;
      // Calls are whole: the first ones stand for one more where they do not divide evenly.
      const share = Math.ceil((others - i + 2) / sampled);
      return mark(metric, share, SAMPLE_RATE, rateOf(metric) * (sampled / others));
    });
  }
  const items =
    last.type === "gauge"
      ? [...kept.filter(({ value }) => value !== last.value), last]
      : splitSum(series).map((value) => ({ ...last, value }));
  // Each item stands for one call, the final one for all the others.
  const final = items.pop() as PendingMetric;
  const rest = calls - items.length;
  // Read by people and the explorer; absent from what stands for one call.
  return [...items, rest > 1 ? mark(final, rest, "spanmeter.folded", rest) : final];
}
