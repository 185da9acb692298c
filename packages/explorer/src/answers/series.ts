import type { Aggregation } from "../model/aggregation.js";
import type { Note } from "../model/received-item.js";
import type { Series, SeriesAnswer } from "../model/series.js";
import { coveredSeconds } from "../questions/series/interval.js";
import {
  readSeriesQuestion,
  type SeriesOptions,
  type SeriesQuestion,
} from "../questions/series/series-question.js";
import type {
  GroupKey,
  RankQuestion,
  SeriesRow,
  SeriesTotal,
  Store,
  TopSeries,
} from "../store/store.js";
import { findMetric } from "./metric-identity.js";
import { shownRange } from "./shown-range.js";

/** The aggregations of nothing that are 0. */
export const ADDITIVE: readonly Aggregation[] = ["count", "per_minute", "per_second", "sum"];

/** Returns a metric over time. Rejects with a `QueryError` when there is no answer. */
export async function series(
  store: Store,
  name: string,
  { options, nowNs }: { options: SeriesOptions; nowNs: bigint },
): Promise<SeriesAnswer> {
  const metric = await findMetric(store, name, options);
  const question = readSeriesQuestion(metric, options, nowNs);
  const found = store.topSeries(question);
  // Groups are chosen in the range itself: the earlier one has the same series.
  const [{ groups, total, rows }, earlierRows] = await Promise.all([
    found,
    question.earlier && earlierSeries(store, question, found),
  ]);
  const others = total - groups.length;
  const shown = present(question, { groups, others }, rows);
  const earlier = question.earlier &&
    earlierRows && {
      range: shownRange(question.earlier.range),
      series: present(question, { groups, others }, earlierRows),
    };
  const wholes = rows.filter(({ bucket }) => bucket === null);
  return {
    metric,
    aggregations: [...question.aggregations],
    ...presentTimes(question),
    series: shown,
    ...(earlier && { earlier }),
    groups: { total, shown: groups.length },
    items: {
      stored: sum(wholes.map(({ samples }) => samples)),
      weighted: sum(wholes.map(({ weight }) => weight)),
    },
    notes: overflowNotes(question, rows),
  };
}

async function earlierSeries(
  store: Store,
  question: SeriesQuestion,
  found: Promise<TopSeries>,
): Promise<SeriesRow[]> {
  const groups = question.by.length === 0 ? [[]] : (await found).groups;
  return store.series({ ...question, ...question.earlier }, groups);
}

/** Returns the groups that have a series of their own. Without keys there is one group: everything. */
export async function rankGroups(
  store: Store,
  question: RankQuestion,
): Promise<{ groups: GroupKey[]; total: number }> {
  return question.by.length === 0 ? { groups: [[]], total: 1 } : store.rankGroups(question);
}

/** The range and the buckets of a question, as answers show them. */
export function presentTimes({
  grid,
  range,
}: SeriesQuestion): Pick<SeriesAnswer, "range" | "intervalSeconds" | "times" | "partial"> {
  const interval = Number(grid.intervalNs) / 1e9;
  const covers = (index: number): boolean => coveredSeconds(grid, range, index) < interval;
  return {
    range: shownRange(range),
    intervalSeconds: interval,
    times: Array.from(
      { length: grid.buckets },
      (_, index) => Number(grid.firstNs + BigInt(index) * grid.intervalNs) / 1e9,
    ),
    partial: { first: covers(0), last: covers(grid.buckets - 1) },
  };
}

/** Puts the rows into columns, one for each group, and one for the others if there are any. */
function present(
  question: SeriesQuestion,
  { groups, others }: { groups: readonly GroupKey[]; others: number },
  rows: readonly SeriesRow[],
): Series[] {
  const { by } = question;
  const all = groups.map((group, place) => ({
    group: Object.fromEntries(by.map((key, index) => [key, group[index] ?? null])),
    ...columnsOf(
      question,
      rows.filter((row) => row.series === place),
    ),
  }));
  // Groups that only the earlier range has are others, too.
  const rest = rows.filter((row) => row.series === -1);
  if (others <= 0 && rest.length === 0) return all;
  return [...all, { others: Math.max(0, others), ...columnsOf(question, rest) }];
}

function columnsOf(
  { aggregations, grid }: SeriesQuestion,
  rows: readonly SeriesRow[],
): Pick<Series, "values" | "samples" | "weighted" | "total"> {
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  const at = (bucket: number | null, index: number): number | null => {
    const row = byBucket.get(bucket);
    const value = row
      ? row.values[index]
      : ADDITIVE.includes(aggregations[index] as Aggregation)
        ? 0
        : null;
    return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
  };
  const buckets = Array.from({ length: grid.buckets }, (_, bucket) => bucket);
  const each = <T>(valueOf: (index: number) => T): Record<string, T> =>
    Object.fromEntries(aggregations.map((aggregation, index) => [aggregation, valueOf(index)]));
  return {
    values: each((index) => buckets.map((bucket) => at(bucket, index))),
    samples: buckets.map((bucket) => byBucket.get(bucket)?.samples ?? 0),
    weighted: byBucket.get(null)?.weight ?? 0,
    total: each((index) => at(null, index)),
  };
}

/** Creates the remarks about values that a double cannot hold. */
export function overflowNotes(
  { aggregations }: Pick<SeriesQuestion, "aggregations">,
  rows: readonly SeriesTotal[],
): Note[] {
  return aggregations.flatMap((aggregation, index) => {
    const count = rows.filter(({ values }) => !Number.isFinite(values[index])).length;
    if (count === 0) return [];
    const message = `${aggregation} is beyond the largest number a double can hold (1.8e308) in ${count} ${count === 1 ? "place" : "places"}`;
    return [{ code: "overflow", message }];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
