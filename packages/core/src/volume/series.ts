import type { Waiting } from "../waiting.js";
import { mark, rateOf, SAMPLE_RATE } from "./rate.js";

/** The most calls of a distribution that are kept. */
const ROOM = 100;

/** Calls of one type, name, unit and set of attributes, folded together. */
export interface Series {
  calls: number;
  /** The last call; the value of a counter's is the sum of all. */
  last: Waiting;
  /** The least and the greatest call, then a uniform sample of all others. Of a counter, the first. */
  readonly kept: Waiting[];
}

/** Takes one more call in; into more room, unless the table is full. */
export function addTo(
  series: Series,
  metric: Waiting,
  isFull: boolean,
  random: () => number,
): void {
  const { kept } = series;
  const { type } = metric;
  const calls = series.calls++;
  series.last = metric;
  if (calls && type === "counter") return;
  // A new end sends the one before it among the others.
  if (metric.value < (kept[0]?.value as number)) [metric, kept[0]] = [kept[0] as Waiting, metric];
  if (metric.value > (kept[1]?.value as number)) [metric, kept[1]] = [kept[1] as Waiting, metric];
  // A gauge has no others; those of a distribution are sampled one by one (Vitter's algorithm R).
  const room = type === "gauge" ? 2 : isFull ? 3 : ROOM;
  const place = room > 2 && kept[1] ? 2 + Math.floor(random() * (calls - 1)) : room;
  // Once a call was left out, as many are kept for good: it had no chance to be among more.
  if (kept.length === calls && calls < room) kept.push(metric);
  else if (place < kept.length) kept[place] = metric;
}

/** What leaves: metrics that stand for all calls of the series. */
export function metricsOf({ calls, last, kept }: Series): Waiting[] {
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
  const ends = kept.filter(({ value }) => last.type === "gauge" && value !== last.value);
  const rest = calls - ends.length;
  // Read by people and the explorer; absent from what stands for one call.
  return [...ends, rest > 1 ? mark(last, rest, "spanmeter.folded", rest) : last];
}
