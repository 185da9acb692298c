import type { ExemplarReason, TraceCounts } from "../model/exemplar.js";
import type { AttributeSummary, ValueCount } from "../model/attribute-summary.js";
import type { CostRow } from "../model/cost.js";
import type { FindingCount } from "../model/finding.js";
import type { MetricIdentity, MetricSummary } from "../model/metric.js";
import type { ReceivedItem, StoredItem } from "../model/received-item.js";
import type { Stats } from "../model/stats.js";
import type { AttributeQuestion, AttributeValueQuestion } from "../questions/attribute-question.js";
import type { CostQuestion } from "../questions/lists/cost-question.js";
import type { Comparison } from "../questions/lists/movers-question.js";
import type { MetricListQuestion } from "../questions/lists/metric-list-question.js";
import type { VerdictQuestion } from "../questions/lists/verdict-question.js";
import type { SeriesQuestion } from "../questions/series/series-question.js";
import type { EventQuestion } from "../questions/event-question.js";
import type { SampleQuestion } from "../questions/sample-question.js";
import type { TraceQuestion } from "../questions/trace-question.js";
import type {
  ComparedEvents,
  ComparedItem,
  ComparisonPage,
  ComparisonQuestion,
} from "./compared-item.js";
import type { StoredMovement } from "./stored-movement.js";
import type { SlimItem, StoredTrace, TypicalTimes } from "./stored-trace.js";

/** The value of each `by` key as text; `null` for items without that attribute. */
export type GroupKey = readonly (string | null)[];

/** A question for the groups of a metric. */
export interface RankQuestion extends GroupQuestion, Pick<SeriesQuestion, "sort" | "top"> {
  /** How many groups to leave out before the first; 0 when it is absent. */
  readonly offset?: number;
}

/** The items of a metric, in groups. */
export interface GroupQuestion extends Pick<SeriesQuestion, "metric" | "by" | "filters" | "range"> {
  /** The newest item that counts; every item when it is absent. */
  readonly upToSeq?: bigint;
}

/** A question for groups over the whole range. */
export type TotalsQuestion = GroupQuestion & Pick<SeriesQuestion, "aggregations">;

/** A question for the course of groups over time. */
export type CourseQuestion = Pick<
  SeriesQuestion,
  "metric" | "aggregations" | "by" | "filters" | "range" | "grid"
>;

/** The course of the first groups by an aggregation over the range, and of all others together. */
export interface TopSeries {
  readonly groups: readonly GroupKey[];
  /** How many groups there are. */
  readonly total: number;
  readonly rows: readonly SeriesRow[];
}

/** A question for the exemplars of a metric over time. */
export interface ExemplarQuestion extends CourseQuestion {
  /** Most exemplars of a bucket. */
  readonly per: number;
}

/** An exemplar as it is stored. */
export interface StoredExemplar {
  readonly seq: bigint;
  readonly timeNs: bigint;
  readonly bucket: number;
  /** Place of its group among those asked for; -1 for the others. */
  readonly series: number;
  readonly value: number;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly why: ExemplarReason;
  readonly trace: TraceCounts;
}

/** The values of one size in one bucket. */
export interface HeatmapCell {
  readonly bucket: number;
  /** -1 for negative values, 0 for 0, 1 for positive ones. */
  readonly side: number;
  /** The whole number of thirds of a doubling: 3 for 2 up to 2.52, 0 for 1 up to 1.26. */
  readonly size: number;
  /** Stored items, each counted once. */
  readonly samples: number;
  /** Calls that these items stand for. */
  readonly weight: number;
  readonly least: number;
  readonly greatest: number;
}

/** One bucket of one series, or the whole range of one. */
export interface SeriesRow extends SeriesTotal {
  /** Place of the bucket; `null` for the whole range. */
  readonly bucket: number | null;
}

/** One series over a time. */
export interface SeriesTotal {
  /** Place of the group among those asked for; -1 for the others. */
  readonly series: number;
  /** The value of each aggregation, in the order of the question; not finite where a double cannot hold it. */
  readonly values: readonly number[];
  /** Stored items, each counted once. */
  readonly samples: number;
  /** Calls that these items stand for. */
  readonly weight: number;
}

/** How often each note occurs. */
export interface NoteCounts {
  readonly counts: readonly Omit<FindingCount, "fix">[];
  /** How many notes there are, and how many counts. */
  readonly total: { notes: number; counts: number };
}

/** The bytes of metrics, split. */
export interface StoredCost {
  readonly rows: readonly Pick<CostRow, "name" | "type" | "unit" | "items" | "bytes">[];
  /** Items and bytes of all metrics, each counted once. */
  readonly total: { items: number; bytes: number };
  /** How many rows there are. */
  readonly groups: number;
}

/**
 * The questions that a store answers. Every answer includes all items that were appended before the question. A metric
 * is *accepted* here when its verdict is `accepted` or `changed`.
 */
export interface StoreQuestions {
  /** Returns the stored metrics by name, type and unit, and how many there are. */
  listMetrics(
    question: MetricListQuestion,
  ): Promise<{ metrics: Omit<MetricSummary, "perMinute">[]; total: number }>;
  /** Returns the time of the oldest stored metric, in nanoseconds since the epoch; `undefined` when there is none. */
  oldestMetricNs(): Promise<bigint | undefined>;
  /** Returns every accepted metric in a range and in the range before, the one with the most calls first. */
  movements(comparison: Comparison): Promise<StoredMovement[]>;
  /** Returns each type and unit of the accepted metrics with this name. */
  findMetrics(name: string): Promise<MetricIdentity[]>;
  /** Returns the number of stored metrics with this name, dropped ones included. */
  countMetrics(name: string): Promise<number>;
  /** Returns names of accepted metrics that resemble this name, the most similar first. */
  similarNames(name: string, limit: number): Promise<string[]>;
  /** Returns the attributes of accepted metrics, by key. */
  listAttributes(question: AttributeQuestion): Promise<AttributeSummary[]>;
  /** Returns values of one attribute, the most frequent first, and how many there are. */
  attributeValues(
    question: AttributeValueQuestion,
  ): Promise<{ values: ValueCount[]; total: number }>;
  /** Returns the first groups by an aggregation over the range, and how many groups there are. */
  rankGroups(question: RankQuestion): Promise<{ groups: GroupKey[]; total: number }>;
  /** Returns the first groups, and the `series` of these. */
  topSeries(question: CourseQuestion & RankQuestion): Promise<TopSeries>;
  /** Returns every bucket that has items, of these groups and of all others together. */
  series(question: CourseQuestion, groups: readonly GroupKey[]): Promise<SeriesRow[]>;
  /** Returns the whole range of these groups that have items, and of all others together. */
  totals(question: TotalsQuestion, groups: readonly GroupKey[]): Promise<SeriesTotal[]>;
  /** Returns at most `per` items a bucket that show what it consists of, by time. */
  exemplars(question: ExemplarQuestion, groups: readonly GroupKey[]): Promise<StoredExemplar[]>;
  /** Returns how many values of each size there are in each bucket. */
  heatmap(
    question: Pick<SeriesQuestion, "metric" | "filters" | "range" | "grid">,
  ): Promise<HeatmapCell[]>;
  /** Returns single metrics. */
  samples(question: SampleQuestion): Promise<StoredItem[]>;
  /** Returns the ids of traces that begin with these digits, in order. */
  findTraceIds(digits: string, limit: number): Promise<string[]>;
  /** Returns the items of a trace by time. Metrics are left out first when there are more than `limit` items. */
  traceItems(traceId: string, limit: number): Promise<{ items: StoredItem[]; truncated: boolean }>;
  /** Returns the notes about stored items by name, the most frequent first, and how many there are. */
  countNotes(question: VerdictQuestion): Promise<NoteCounts>;
  /** Returns the slim items of a trace by time. Metrics are left out first when there are more than `limit` items. */
  slimTraceItems(
    traceId: string,
    limit: number,
  ): Promise<{ items: SlimItem[]; truncated: boolean }>;
  /** Returns typical times of the spans of a trace, from other traces with the same root; `undefined` without any. */
  typicalTimes(traceId: string): Promise<TypicalTimes | undefined>;
  /** Returns traces in numbers. */
  traces(question: TraceQuestion): Promise<StoredTrace[]>;
  /** Returns how much is stored of each of these traces, by id, up to an item. Traces of which nothing is stored are absent. */
  traceCounts(
    traceIds: readonly string[],
    upToSeq: bigint | undefined,
  ): Promise<ReadonlyMap<string, TraceCounts>>;
  /** Returns errors, logs and spans without their details, the newest first. */
  events(question: EventQuestion): Promise<StoredItem[]>;
  /** Returns the item with this `seq`. */
  findItem(seq: bigint): Promise<StoredItem | undefined>;
  /** Returns items that have a note, the newest first. */
  itemsWithNotes(question: VerdictQuestion): Promise<StoredItem[]>;
  /** Returns how many accepted metrics a selection has, and its baseline. */
  countCompared(question: ComparisonQuestion): Promise<{ inside: number; outside: number }>;
  /** Returns a page of the accepted metrics of a selection and its baseline. */
  comparedItems(question: ComparisonQuestion, page: ComparisonPage): Promise<ComparedItem[]>;
  /** Returns in how many traces of a selection and of its baseline each span, error and log is. */
  comparedEvents(question: ComparisonQuestion): Promise<ComparedEvents>;
  /** Returns the times of the first and the last of these items of a metric; `undefined` when none is stored. */
  timesOf(
    metric: MetricIdentity,
    seqs: readonly bigint[],
  ): Promise<{ firstNs: bigint; lastNs: bigint } | undefined>;
  /** Returns the bytes of accepted metrics, the most first. */
  cost(question: CostQuestion): Promise<StoredCost>;
  /** Returns items that arrived after one, in order of arrival. */
  itemsAfter(seq: bigint, limit: number): Promise<StoredItem[]>;
  /** Returns the contents of the store in numbers. */
  stats(): Promise<Stats>;
}

/** Stores received items in order of arrival, and answers questions about them. The oldest items are removed first. */
export interface Store extends StoreQuestions {
  /** Appends items. They are written in batches. Throws a `StoreWriteError` when an earlier batch could not be written. */
  append(items: readonly ReceivedItem[]): void;
  /** The `seq` of the newest item; 0 before there is one. */
  lastSeq(): bigint;
  /** Calls the listener for every append, in order, until the returned function is called. */
  subscribe(listener: (items: readonly StoredItem[]) => void): () => void;
  /** Writes pending items and closes the store. */
  close(): Promise<void>;
}
