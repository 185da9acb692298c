import type { AttributeValue } from "../metric.js";
import { SAMPLE_RATE, type Waiting } from "../waiting.js";

/** Calls of one type, name, unit and set of attributes, folded together. */
export interface Series {
  calls: number;
  sum: number;
  /** The last call, and those of the least and the greatest value, as they were made. */
  last: Waiting;
  least: Waiting;
  greatest: Waiting;
  /** Of a distribution: a uniform sample of its other calls. */
  readonly sample: Waiting[];
  /** How large the sample may grow. */
  room: number;
}

export const createSeries = (metric: Waiting, room: number): Series => ({
  calls: 1,
  sum: metric.value,
  last: metric,
  least: metric,
  greatest: metric,
  sample: [],
  room,
});

/** Takes one more call in. */
export function addTo(series: Series, metric: Waiting, random: () => number): void {
  const { value } = metric;
  let other = metric;
  series.calls++;
  series.sum += value;
  series.last = metric;
  if (value < series.least.value) [other, series.least] = [series.least, metric];
  else if (value > series.greatest.value || series.calls === 2)
    [other, series.greatest] = [series.greatest, metric];
  // The first two are its least and its greatest. Each later call adds one to the others: itself, or
  // the one whose place it took. They are sampled one by one (Vitter's algorithm R).
  if (metric.type !== "distribution" || series.calls === 2) return;
  const place = Math.floor(random() * (series.calls - 2));
  if (series.sample.length < series.room) series.sample.push(other);
  else if (place < series.room) series.sample[place] = other;
}

/** What leaves: metrics that stand for all calls of the series. */
export function metricsOf({ calls, sum, last, least, greatest, sample }: Series): Waiting[] {
  const ends = least === greatest ? [least] : [least, greatest];
  if (last.type === "distribution") {
    const others = calls - 2;
    const rate = sample.length / others;
    return [
      ...ends,
      ...sample.map((metric, i) => {
        // Calls are whole: the first ones stand for one more where they do not divide evenly.
        const share = Math.floor((others + sample.length - 1 - i) / sample.length);
        return rate < 1 ? standFor(metric, share, SAMPLE_RATE, rateOf(metric) * rate) : metric;
      }),
    ];
  }
  if (last.type === "counter") return [folded({ ...last, value: sum }, calls)];
  const extremes = ends.filter(({ value }) => value !== last.value);
  return [...extremes, folded(last, calls - extremes.length)];
}

/** The share of calls that an application kept by itself. */
const rateOf = ({ attributes, base }: Waiting): number =>
  Number(attributes[SAMPLE_RATE] ?? base[SAMPLE_RATE] ?? 1);

/** `spanmeter.folded` is read by people and the explorer; it is absent from what stands for one call. */
const folded = (metric: Waiting, calls: number): Waiting =>
  calls > 1 ? standFor(metric, calls, "spanmeter.folded", calls) : metric;

const standFor = (metric: Waiting, calls: number, key: string, value: AttributeValue): Waiting => ({
  ...metric,
  calls,
  attributes: { ...metric.attributes, [key]: value },
});
