/** A metric as it was sent. */
export interface SentMetric {
  /** When it happened, in seconds since the epoch. */
  readonly seconds: number;
  readonly value: number;
  /** How many calls it stands for: 1 / sample rate. */
  readonly weight: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The metrics of one bucket, or of a whole range. */
export interface Cell {
  readonly items: readonly SentMetric[];
  /** The seconds that the range covers of it. */
  readonly seconds: number;
}

const total = (items: readonly SentMetric[], of: (item: SentMetric) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
const weightOf = (items: readonly SentMetric[]): number => total(items, ({ weight }) => weight);
const sumOf = (items: readonly SentMetric[]): number =>
  total(items, ({ value, weight }) => value * weight);

function percentile(items: readonly SentMetric[], share: number): number | null {
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
  last: ({ items }) =>
    items.reduce<SentMetric | undefined>((a, b) => (a && a.seconds > b.seconds ? a : b), undefined)
      ?.value ?? null,
  p50: ({ items }) => percentile(items, 0.5),
  p75: ({ items }) => percentile(items, 0.75),
  p90: ({ items }) => percentile(items, 0.9),
  p95: ({ items }) => percentile(items, 0.95),
  p99: ({ items }) => percentile(items, 0.99),
};
