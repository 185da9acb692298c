import type { Aggregation } from "../model/aggregation.js";
import type { EarlierValue, TableRow } from "../model/table.js";
import type { TableQuestion } from "../questions/table-question.js";
import type { SeriesTotal } from "../store/store.js";
import { ADDITIVE } from "./series.js";

/** A group in both ranges; `undefined` without items. */
export interface Group {
  readonly now: SeriesTotal | undefined;
  readonly before: SeriesTotal | undefined;
}

/** The aggregations of a table, and the sum that the shares of a counter are parts of. */
export const aggregationsToStore = ({ metric, aggregations }: TableQuestion): Aggregation[] =>
  metric.type === "counter" ? [...new Set([...aggregations, "sum" as const])] : [...aggregations];

/** Shows a group with its share of the whole. */
export function presentRow(
  question: TableQuestion,
  { now, before }: Group,
  whole: SeriesTotal | undefined,
): Omit<TableRow, "group" | "others" | "rank"> {
  const { aggregations, earlier } = question;
  const each = <T>(valueOf: (index: number, aggregation: Aggregation) => T): Record<string, T> =>
    Object.fromEntries(
      aggregations.map((aggregation, index) => [aggregation, valueOf(index, aggregation)]),
    );
  const valueOf = (index: number, aggregation: Aggregation): number | null =>
    now ? finite(now.values[index]) : ADDITIVE.includes(aggregation) ? 0 : null;
  return {
    values: each(valueOf),
    samples: now?.samples ?? 0,
    weighted: now?.weight ?? 0,
    share: shareOf(partOf(question, now), partOf(question, whole)),
    ...(earlier && {
      earlier: each((index, aggregation) =>
        changeOf(valueOf(index, aggregation), finite(before?.values[index])),
      ),
    }),
  };
}

function partOf(question: TableQuestion, total: SeriesTotal | undefined): number {
  if (question.metric.type !== "counter") return total?.weight ?? 0;
  return total?.values[aggregationsToStore(question).indexOf("sum")] ?? 0;
}

/** Negative parts, and a whole that a double cannot hold, have no share. */
function shareOf(part: number, whole: number): number | null {
  const share = part / whole;
  return share >= 0 && share <= 1 && Number.isFinite(whole) ? share : null;
}

function changeOf(now: number | null, before: number | null): EarlierValue {
  const difference = now === null || before === null ? null : finite(now - before);
  const relative = difference === null || before === null ? null : difference / Math.abs(before);
  return { value: before, difference, relative: finite(relative) };
}

/** JSON has no infinity. */
const finite = (value: number | null | undefined): number | null =>
  value != null && Number.isFinite(value) ? value : null;
