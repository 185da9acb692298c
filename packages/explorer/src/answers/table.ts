import type { MetricTable } from "../model/table.js";
import {
  readTableQuestion,
  writeTableCursor,
  type TableOptions,
  type TableQuestion,
} from "../questions/table-question.js";
import type { TimeRange } from "../questions/time-range.js";
import type { GroupKey, SeriesTotal, Store } from "../store/store.js";
import { findMetric } from "./metric-identity.js";
import { overflowNotes, rankGroups } from "./series.js";
import { shownRange } from "./shown-range.js";
import { aggregationsToStore, presentRow, type Group } from "./table-row.js";

/** Returns a page of the groups of a metric. Rejects with a `QueryError` when there is no answer. */
export async function table(
  store: Store,
  name: string,
  { options, nowNs }: { options: TableOptions; nowNs: bigint },
): Promise<MetricTable> {
  const metric = await findMetric(store, name, options);
  const question = readTableQuestion(options, { metric, lastSeq: store.lastSeq(), nowNs });
  const { range, earlier, limit, place } = question;
  const ranking = { ...question, ...place, top: limit };
  const { groups, total } = await rankGroups(store, ranking);
  const [current, before] = await Promise.all([
    readTotals(store, question, { range, groups }),
    earlier && readTotals(store, question, { range: earlier, groups }),
  ]);
  const end = place.offset + groups.length;
  return {
    metric,
    aggregations: [...question.aggregations],
    range: shownRange(range),
    ...(earlier && { earlier: shownRange(earlier) }),
    ...presentRows(question, { groups, total, current, before }),
    groups: total,
    ...(end < total && { next: writeTableCursor(question.sort, { ...place, offset: end }) }),
    notes: overflowNotes(question, [...current.rows, ...(before?.rows ?? [])]),
  };
}

/** One range of a table. */
interface Totals {
  /** The groups of the page, and all others together. */
  readonly rows: readonly SeriesTotal[];
  /** Everything together; `undefined` without items. */
  readonly whole: SeriesTotal | undefined;
}

async function readTotals(
  store: Store,
  question: TableQuestion,
  { range, groups }: { range: TimeRange; groups: readonly GroupKey[] },
): Promise<Totals> {
  const { metric, by, filters, place } = question;
  const aggregations = aggregationsToStore(question);
  const all = { metric, filters, range, aggregations, upToSeq: place.upToSeq };
  const [rows, wholes] = await Promise.all([
    store.totals({ ...all, by }, groups),
    store.totals({ ...all, by: [] }, [[]]),
  ]);
  return { rows, whole: wholes[0] };
}

interface Page {
  readonly groups: readonly GroupKey[];
  /** How many groups there are. */
  readonly total: number;
  readonly current: Totals;
  readonly before: Totals | undefined;
}

function presentRows(
  question: TableQuestion,
  { groups, total, current, before }: Page,
): Pick<MetricTable, "rows" | "others" | "whole"> {
  const { by, place } = question;
  const present = (group: Group) => presentRow(question, group, current.whole);
  const find = (series: number): Group => ({
    now: current.rows.find((row) => row.series === series),
    before: before?.rows.find((row) => row.series === series),
  });
  const others = find(-1);
  return {
    rows: groups.map((group, index) => ({
      group: Object.fromEntries(by.map((key, at) => [key, group[at] ?? null])),
      rank: place.offset + index + 1,
      ...present(find(index)),
    })),
    // Groups that only the earlier range has are others, too.
    ...((others.now ?? others.before) && {
      others: { others: total - groups.length, ...present(others) },
    }),
    whole: present({ now: current.whole, before: before?.whole }),
  };
}
