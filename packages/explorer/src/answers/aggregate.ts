import type { SqlRecord, Store } from "../store/store.js";
import type { Note } from "../model/received-item.js";
import { MAX_ROWS, aggregateSql, type AggregatePlan } from "../store/duckdb/ask/aggregate.js";
import { readAggregations } from "../questions/aggregations.js";
import { requireDuration } from "../questions/duration.js";
import { resolveIdentity, type IdentityOptions, type MetricIdentity } from "./metric-identity.js";
import { isoTime } from "../model/iso-time.js";
import { usageError } from "../questions/query-error.js";
import { rangeSeconds, readTimeRange, type TimeRangeOptions } from "../questions/time-range.js";

export interface AggregateOptions extends TimeRangeOptions, IdentityOptions {
  /** Default: what suits the metric's type. */
  aggregations?: readonly string[] | undefined;
  /** Attribute keys to group by. */
  by?: readonly string[] | undefined;
  /** Filters on attributes such as `route=/cart*`; all of them must hold. `*` stands for anything, `\\*` for itself. */
  where?: readonly string[] | undefined;
  /** Length of the time buckets, for example `10s`. Default: one row over the whole range. */
  interval?: string | undefined;
}

export interface AggregateRow {
  /** The value of each `by` key as text; `null` where a metric lacks it. */
  group: Record<string, string | null>;
  /** Start of the bucket; only with `interval`. Buckets in which nothing came have no row. */
  time?: string;
  /** `null` where the value is too large for a double; `notes` says so. */
  values: Record<string, number | null>;
  /** Stored items behind the row, unweighted. */
  samples: number;
}

export interface Aggregate {
  metric: MetricIdentity;
  aggregations: string[];
  range: { since: string; until: string; seconds: number };
  intervalSeconds?: number;
  rows: AggregateRow[];
  /** There are more rows than were returned. */
  truncated: boolean;
  /** What is to be known about the values: `overflow` for those that a double cannot hold, which are `null`. */
  notes: Note[];
}

export async function aggregate(
  store: Store,
  name: string,
  options: AggregateOptions & { nowNs: bigint },
): Promise<Aggregate> {
  const metric = await resolveIdentity(store, name, options);
  const plan: AggregatePlan = {
    metric,
    aggregations: readAggregations(metric.type, options.aggregations),
    by: [...new Set(options.by)],
    where: options.where ?? [],
    range: readTimeRange(options, options.nowNs),
    intervalNs: options.interval ? requireDuration("interval", options.interval) : undefined,
  };
  checkBuckets(plan);
  const { sql, values } = aggregateSql(plan);
  const records = await store.select(sql, values);
  return present(plan, records);
}

function checkBuckets({ range, intervalNs }: AggregatePlan): void {
  if (intervalNs === undefined) return;
  const buckets = (range.untilNs - range.sinceNs) / intervalNs;
  if (buckets > MAX_ROWS)
    throw usageError(`interval cuts the range into ${buckets} buckets, ${MAX_ROWS} are allowed`);
}

function present(plan: AggregatePlan, records: readonly SqlRecord[]): Aggregate {
  const { metric, aggregations, by, range, intervalNs } = plan;
  const rows = records.slice(0, MAX_ROWS).map((record): AggregateRow => ({
    group: Object.fromEntries(by.map((key, index) => [key, record[`g${index}`] as string | null])),
    ...(intervalNs === undefined ? {} : { time: isoTime(BigInt(record["bucket"] as bigint)) }),
    values: Object.fromEntries(
      aggregations.map((name, index) => [name, finite(record[`a${index}`])]),
    ),
    samples: record["samples"] as number,
  }));
  return {
    metric,
    aggregations,
    range: {
      since: isoTime(range.sinceNs),
      until: isoTime(range.untilNs),
      seconds: rangeSeconds(range),
    },
    ...(intervalNs === undefined ? {} : { intervalSeconds: Number(intervalNs) / 1e9 }),
    rows,
    truncated: records.length > MAX_ROWS,
    notes: aggregations.flatMap((name) => overflowNotes(name, rows)),
  };
}

/** JSON has no infinity. */
const finite = (value: unknown): number | null =>
  Number.isFinite(value) ? (value as number) : null;

function overflowNotes(name: string, rows: readonly AggregateRow[]): Note[] {
  const count = rows.filter(({ values }) => values[name] === null).length;
  if (count === 0) return [];
  const where = rows.length === 1 ? "" : ` in ${count} of ${rows.length} rows`;
  const message = `${name} is beyond the largest number a double can hold (1.8e308)${where}`;
  return [{ code: "overflow", message }];
}
