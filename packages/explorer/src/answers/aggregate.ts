import type { Aggregate, AggregateRow } from "../model/aggregate.js";
import type { Aggregation } from "../model/aggregation.js";
import { isoTime } from "../model/iso-time.js";
import type { Note } from "../model/received-item.js";
import {
  readAggregateQuestion,
  type AggregateOptions,
  type AggregateQuestion,
} from "../questions/aggregate-question.js";
import type { Store, StoredAggregateRow } from "../store/store.js";
import { findMetric } from "./metric-identity.js";
import { shownRange } from "./shown-range.js";

/** Returns aggregated values of the metric with this name. Rejects with a `QueryError` when there is no answer. */
export async function aggregate(
  store: Store,
  name: string,
  { options, nowNs }: { options: AggregateOptions; nowNs: bigint },
): Promise<Aggregate> {
  const metric = await findMetric(store, name, options);
  const question = readAggregateQuestion(metric, options, nowNs);
  const answer = await store.aggregate(question);
  const rows = answer.rows.map((row) => presentRow(question, row));
  return {
    metric,
    aggregations: [...question.aggregations],
    ...presentTimes(question),
    rows,
    truncated: answer.truncated,
    notes: question.aggregations.flatMap((aggregation) => overflowNotes(aggregation, rows)),
  };
}

function presentTimes({ range, intervalNs }: AggregateQuestion) {
  const interval = intervalNs === undefined ? {} : { intervalSeconds: Number(intervalNs) / 1e9 };
  return {
    range: shownRange(range),
    ...interval,
  };
}

function presentRow(question: AggregateQuestion, row: StoredAggregateRow): AggregateRow {
  const { by, aggregations, intervalNs } = question;
  return {
    group: Object.fromEntries(by.map((key, index) => [key, row.groupValues[index] ?? null])),
    ...(intervalNs === undefined ? {} : { time: isoTime(row.bucketNs) }),
    values: Object.fromEntries(
      aggregations.map((aggregation, index) => [aggregation, finite(row.values[index])]),
    ),
    samples: row.samples,
  };
}

/** JSON has no infinity. */
const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function overflowNotes(aggregation: Aggregation, rows: readonly AggregateRow[]): Note[] {
  const count = rows.filter(({ values }) => values[aggregation] === null).length;
  if (count === 0) return [];
  const where = rows.length === 1 ? "" : ` in ${count} of ${rows.length} rows`;
  const message = `${aggregation} is beyond the largest number a double can hold (1.8e308)${where}`;
  return [{ code: "overflow", message }];
}
