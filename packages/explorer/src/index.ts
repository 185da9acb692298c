export { startExplorer, type Explorer, type ExplorerOptions } from "./explorer.js";
export type { Queries } from "./answers/queries.js";
export type { Aggregate, AggregateRow } from "./model/aggregate.js";
export type { Aggregation } from "./model/aggregation.js";
export type { Exemplar, ExemplarReason, Exemplars, TraceCounts } from "./model/exemplar.js";
export type { Item } from "./model/item.js";
export type {
  AttributeSummary,
  MetricIdentity,
  MetricSummary,
  MetricType,
} from "./model/metric.js";
export type { Attributes, AttributeValue, Kind, Note, Verdict } from "./model/received-item.js";
export type { SamplePage } from "./model/sample-page.js";
export type { Series, SeriesAnswer, ShownRange } from "./model/series.js";
export type { KindCount, LossReport, Stats, VerdictCount, Verdicts } from "./model/stats.js";
export type { Trace, TraceSpan } from "./model/trace.js";
export type { AggregateOptions } from "./questions/aggregate-question.js";
export type { IdentityOptions } from "./questions/metric-choice.js";
export { QueryError } from "./questions/query-error.js";
export type { ExemplarOptions } from "./answers/exemplars.js";
export type { SeriesOptions } from "./questions/series/series-question.js";
export type { SampleOptions } from "./questions/sample-question.js";
export type { TimeRangeOptions } from "./questions/time-range.js";
