export { startExplorer, type Explorer, type ExplorerOptions } from "./explorer.js";
export type { Queries } from "./answers/queries.js";
export type { Aggregation } from "./model/aggregation.js";
export type {
  Change,
  ChangeEffect,
  ChangeOutcome,
  Changes,
  ComparedItems,
  ComparedMeasure,
  EventChange,
  InsideOutside,
  RestAfterFirst,
  SkippedKey,
} from "./model/changes.js";
export type { Exemplar, ExemplarReason, Exemplars, TraceCounts } from "./model/exemplar.js";
export type {
  AttributeSummary,
  AttributeValues,
  ValueCount,
  ValueKind,
} from "./model/attribute-summary.js";
export type { AttributeOptions, AttributeValueOptions } from "./questions/attribute-question.js";
export type { Heatmap, HeatmapCells, HeatmapRow } from "./model/heatmap.js";
export type { HeatmapOptions } from "./answers/heatmap.js";
export type { Item } from "./model/item.js";
export type { Cost, CostAnswer, CostKey, CostRow } from "./model/cost.js";
export type { Finding, FindingCount, Verdicts } from "./model/finding.js";
export type { MetricIdentity, MetricList, MetricSummary, MetricType } from "./model/metric.js";
export type { Move, Mover, Movers } from "./model/movers.js";
export type { Attributes, AttributeValue, Kind, Note, Verdict } from "./model/received-item.js";
export type { Series, SeriesAnswer } from "./model/series.js";
export type { ShownRange } from "./model/shown-range.js";
export type { KindCount, LossReport, Stats } from "./model/stats.js";
export type { Sample, SamplePage } from "./model/sample-page.js";
export type { EventPage } from "./model/event-page.js";
export type { EarlierValue, MetricTable, TableRow } from "./model/table.js";
export type { Trace, TraceSpan } from "./model/trace.js";
export type { TraceList, TraceRoot, TraceSummary } from "./model/trace-list.js";
export type { PageSpan, TraceMark, TracePage, TypicalTrace } from "./model/trace-page.js";
export type { BoxOptions, ChangeOptions } from "./questions/change-question.js";
export type { IdentityOptions } from "./questions/metric-choice.js";
export { QueryError } from "./questions/query-error.js";
export type { ExemplarOptions } from "./answers/exemplars.js";
export type { SeriesOptions } from "./questions/series/series-question.js";
export type { TableOptions } from "./questions/table-question.js";
export type { EventOptions } from "./questions/event-question.js";
export type { TraceListOptions } from "./questions/trace-question.js";
export type { SampleOptions } from "./questions/sample-question.js";
export type { CostOptions } from "./questions/lists/cost-question.js";
export type { MetricListOptions } from "./questions/lists/metric-list-question.js";
export type { MoversOptions } from "./questions/lists/movers-question.js";
export type { VerdictOptions } from "./questions/lists/verdict-question.js";
export type { TimeRangeOptions } from "./questions/time-range.js";
