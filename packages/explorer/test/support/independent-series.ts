/** A metric as the independent computation sees it. */
export interface Sent {
  readonly seconds: number;
  readonly value: number;
  readonly weight: number;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Cell {
  readonly items: readonly Sent[];
  /** The seconds that the range covers of it. */
  readonly seconds: number;
}

const total = (items: readonly Sent[], of: (item: Sent) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
const weightOf = (items: readonly Sent[]): number => total(items, ({ weight }) => weight);
const sumOf = (items: readonly Sent[]): number =>
  total(items, ({ value, weight }) => value * weight);

function percentile(items: readonly Sent[], share: number): number | null {
  const sorted = [...items].sort((a, b) => a.value - b.value);
  const needed = share * weightOf(items) * (1 - 1e-9);
  let reached = 0;
  for (const { value, weight } of sorted) if ((reached += weight) >= needed) return value;
  return null;
}

/** Each aggregation, written from its definition and sharing no code with the explorer. */
export const DEFINITIONS: Readonly<Record<string, (cell: Cell, type: string) => number | null>> = {
  sum: ({ items }) => sumOf(items),
  count: ({ items }) => Math.round(weightOf(items)),
  per_second: ({ items, seconds }, type) =>
    (type === "counter" ? sumOf(items) : weightOf(items)) / seconds,
  per_minute: ({ items, seconds }, type) =>
    ((type === "counter" ? sumOf(items) : weightOf(items)) * 60) / seconds,
  avg: ({ items }) => (items.length > 0 ? sumOf(items) / weightOf(items) : null),
  min: ({ items }) => (items.length > 0 ? Math.min(...items.map(({ value }) => value)) : null),
  max: ({ items }) => (items.length > 0 ? Math.max(...items.map(({ value }) => value)) : null),
  p50: ({ items }) => percentile(items, 0.5),
  p75: ({ items }) => percentile(items, 0.75),
  p90: ({ items }) => percentile(items, 0.9),
  p95: ({ items }) => percentile(items, 0.95),
  p99: ({ items }) => percentile(items, 0.99),
};

export interface IndependentQuestion {
  readonly type: string;
  readonly aggregation: string;
  readonly since: number;
  readonly until: number;
  readonly interval: number;
  /** Which items belong to the series. */
  readonly belongs: (item: Sent) => boolean;
}

/** The values of one series, bucket by bucket, and over the whole range. All times are in seconds. */
export function independentSeries(
  sent: readonly Sent[],
  { type, aggregation, since, until, interval, belongs }: IndependentQuestion,
): { values: (number | null)[]; total: number | null } {
  const define = DEFINITIONS[aggregation];
  if (define === undefined) throw new Error(`no definition of ${aggregation}`);
  const items = sent.filter(
    (item) => item.seconds >= since && item.seconds < until && belongs(item),
  );
  const values: (number | null)[] = [];
  for (let start = Math.floor(since / interval) * interval; start < until; start += interval) {
    const cell = items.filter(({ seconds }) => seconds >= start && seconds < start + interval);
    const seconds = Math.min(until, start + interval) - Math.max(since, start);
    values.push(define({ items: cell, seconds }, type));
  }
  return { values, total: define({ items, seconds: until - since }, type) };
}
