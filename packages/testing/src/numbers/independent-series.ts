import { DEFINITIONS, type SentMetric } from "./definitions.js";

/** The question that one series answers. All times are in seconds since the epoch. */
export interface SeriesQuestion {
  readonly type: string;
  readonly aggregation: string;
  readonly since: number;
  readonly until: number;
  readonly interval: number;
  /** Start of the first bucket. Without it buckets begin at multiples of the interval. */
  readonly first?: number;
  /** Which items belong to the series. */
  readonly belongs: (item: SentMetric) => boolean;
}

/** Computes one series from the sent metrics, bucket by bucket, and over the whole range. */
export function independentSeries(
  sent: readonly SentMetric[],
  { type, aggregation, since, until, interval, first, belongs }: SeriesQuestion,
): { values: (number | null)[]; total: number | null } {
  const define = DEFINITIONS[aggregation];
  if (define === undefined) throw new Error(`no definition of ${aggregation}`);
  const items = sent.filter(
    (item) => item.seconds >= since && item.seconds < until && belongs(item),
  );
  const values: (number | null)[] = [];
  const begin = first ?? Math.floor(since / interval) * interval;
  for (let start = begin; start < until; start += interval) {
    const cell = items.filter(({ seconds }) => seconds >= start && seconds < start + interval);
    const seconds = Math.min(until, start + interval) - Math.max(since, start);
    values.push(define({ items: cell, seconds }, type));
  }
  return { values, total: define({ items, seconds: until - since }, type) };
}
