import type { Waiting } from "../waiting.js";
import { mark, rateOf, SAMPLE_RATE } from "./rate.js";

/**
 * How many calls of a series are kept as they were made. A gauge keeps its least and its greatest, a
 * counter any one: its last call, which carries the sum, takes that one's room.
 */
const ROOM = { counter: 1, gauge: 2, distribution: 100 };

/** Calls of one type, name, unit and set of attributes, folded together. */
export interface Series {
  calls: number;
  /** The last call; the value of a counter's is the sum of all. */
  last: Waiting;
  /** The least and the greatest call, then a uniform sample of all others, as far as there is room. */
  readonly kept: Waiting[];
  room: number;
}

/** A series without a call yet, for calls like the given one. */
export const createSeries = (like: Waiting): Series => ({
  calls: 0,
  last: { ...like, value: 0 },
  kept: [],
  room: ROOM[like.type],
});

/** Takes one more call in. */
export function addTo(series: Series, metric: Waiting, random: () => number): void {
  const { kept, room } = series;
  const calls = ++series.calls;
  series.last = metric;
  // A new end sends the one before it among the others.
  if (metric.value < (kept[0]?.value as number)) [metric, kept[0]] = [kept[0] as Waiting, metric];
  if (metric.value > (kept[1]?.value as number)) [metric, kept[1]] = [kept[1] as Waiting, metric];
  // Each call adds one to the others, who are sampled one by one (Vitter's algorithm R).
  const place = kept[1] ? 2 + Math.floor(random() * (calls - 2)) : room;
  if (kept.length < room) kept.push(metric);
  else if (place < room) kept[place] = metric;
}

/** What leaves: metrics that stand for all calls of the series. */
export function metricsOf({ calls, last, kept }: Series): Waiting[] {
  const { type, value } = last;
  const isSample = type === "distribution";
  const all = isSample
    ? kept
    : [...kept.filter((end) => type === "gauge" && end.value !== value), last];
  // The ends stand for themselves, and what follows for all other calls.
  const ends = isSample ? 2 : all.length - 1;
  const others = calls - ends;
  const shares = all.length - ends;
  return all.map((metric, i) => {
    if (i < ends || others === shares) return metric;
    // Calls are whole: the first ones stand for one more where they do not divide evenly.
    const share = Math.ceil((others - i + ends) / shares);
    return isSample
      ? mark(metric, share, SAMPLE_RATE, rateOf(metric) * (shares / others))
      : mark(metric, share, "spanmeter.folded", share);
  });
}
