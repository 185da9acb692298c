import type { AttributeSummary, AttributeValues } from "../model/attribute-summary.js";
import type { Changes } from "../model/changes.js";
import type { CostAnswer } from "../model/cost.js";
import type { Verdicts } from "../model/finding.js";
import type { MetricList } from "../model/metric.js";
import type { Heatmap } from "../model/heatmap.js";
import type { EventPage } from "../model/event-page.js";
import type { Exemplars } from "../model/exemplar.js";
import type { Item } from "../model/item.js";
import type { SamplePage } from "../model/sample-page.js";
import type { SeriesAnswer } from "../model/series.js";
import type { Movers } from "../model/movers.js";
import type { MetricTable } from "../model/table.js";
import type { Stats } from "../model/stats.js";
import type { Trace } from "../model/trace.js";
import type { TraceList } from "../model/trace-list.js";
import type { TracePage } from "../model/trace-page.js";
import type { AttributeOptions, AttributeValueOptions } from "../questions/attribute-question.js";
import type { ChangeOptions } from "../questions/change-question.js";
import type { CostOptions } from "../questions/lists/cost-question.js";
import type { MetricListOptions } from "../questions/lists/metric-list-question.js";
import type { MoversOptions } from "../questions/lists/movers-question.js";
import type { VerdictOptions } from "../questions/lists/verdict-question.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { TableOptions } from "../questions/table-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import type { EventOptions } from "../questions/event-question.js";
import type { TraceListOptions } from "../questions/trace-question.js";
import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import { listAttributes, listAttributeValues } from "./attributes.js";
import { changes } from "./changes.js";
import { cost } from "./cost.js";
import { events, findItem } from "./events.js";
import { exemplars, type ExemplarOptions } from "./exemplars.js";
import { heatmap, type HeatmapOptions } from "./heatmap.js";
import { metricList } from "./metric-list.js";
import { movers } from "./movers.js";
import { samples } from "./samples.js";
import { series } from "./series.js";
import { table } from "./table.js";
import { trace } from "./trace.js";
import { traceList } from "./trace-list.js";
import { tracePage } from "./trace-page.js";
import { verdicts } from "./verdicts.js";

/** The questions of the JSON API, in process. Each rejects with a `QueryError` when it has no answer. */
export interface Queries {
  /** Returns the stored metrics with their type, unit, counts, bytes and course over time. */
  metrics(options?: MetricListOptions): Promise<MetricList>;
  /** Returns the metrics whose values differ most from those of the range before. */
  movers(options?: MoversOptions): Promise<Movers>;
  /** Returns the attributes by which a metric can be grouped and filtered. */
  attributes(name: string, options?: AttributeOptions): Promise<AttributeSummary[]>;
  /** Returns values of one attribute of a metric, the most frequent first. */
  attributeValues(
    name: string,
    key: string,
    options?: AttributeValueOptions,
  ): Promise<AttributeValues>;
  /** Returns a metric over time, by group, beside an earlier range. */
  series(name: string, options?: SeriesOptions): Promise<SeriesAnswer>;
  /** Returns a page of the groups of a metric over the whole range, beside an earlier one. */
  table(name: string, options?: TableOptions): Promise<MetricTable>;
  /** Returns single items that show what each bucket of a metric over time consists of. */
  exemplars(name: string, options?: ExemplarOptions): Promise<Exemplars>;
  /** Returns the distribution of a metric's values over time. */
  heatmap(name: string, options?: HeatmapOptions): Promise<Heatmap>;
  /** Compares selected items of a metric with others: which attribute values and events stand out. */
  changes(name: string, options: ChangeOptions): Promise<Changes>;
  /** Returns a page of single received metrics. */
  samples(options?: SampleOptions): Promise<SamplePage>;
  /** Returns a page of traces in numbers. */
  traces(options?: TraceListOptions): Promise<TraceList>;
  /** Returns a trace by its id or the first digits of its id. */
  trace(id: string): Promise<Trace>;
  /** Returns the notes of Relay's rules about the received items, with what Sentry would store instead, and a fix. */
  verdicts(options?: VerdictOptions): Promise<Verdicts>;
  /** Returns the items and bytes of metrics, and what they would cost in a month at this rate. */
  cost(options?: CostOptions): Promise<CostAnswer>;
  /** Returns what a waterfall shows of a trace, with self times and typical times. */
  tracePage(id: string): Promise<TracePage>;
  /** Returns a page of errors, logs and spans, the newest first. */
  events(options?: EventOptions): Promise<EventPage>;
  /** Returns one item by its id, with everything that is stored of it. */
  item(id: string): Promise<Item>;
  /** Returns the contents of the store in numbers. */
  stats(): Promise<Stats>;
}

/**
 * Creates the questions about a store.
 * @param now - the clock that durations such as `since: "10m"` count back from
 */
export function createQueries(store: Store, now: Clock = systemClock): Queries {
  return {
    metrics: (options = {}) => metricList(store, { options, nowNs: now() }),
    movers: (options = {}) => movers(store, { options, nowNs: now() }),
    attributes: (name, options = {}) => listAttributes(store, name, { options, nowNs: now() }),
    attributeValues: (name, key, options = {}) =>
      listAttributeValues(store, { name, key }, { options, nowNs: now() }),
    series: (name, options = {}) => series(store, name, { options, nowNs: now() }),
    table: (name, options = {}) => table(store, name, { options, nowNs: now() }),
    exemplars: (name, options = {}) => exemplars(store, name, { options, nowNs: now() }),
    heatmap: (name, options = {}) => heatmap(store, name, { options, nowNs: now() }),
    changes: (name, options) => changes(store, name, { options, nowNs: now() }),
    samples: (options = {}) => samples(store, { options, nowNs: now() }),
    traces: (options = {}) => traceList(store, { options, nowNs: now() }),
    trace: (id) => trace(store, id),
    verdicts: (options = {}) => verdicts(store, { options, nowNs: now() }),
    cost: (options = {}) => cost(store, { options, nowNs: now() }),
    tracePage: (id) => tracePage(store, id),
    events: (options = {}) => events(store, { options, nowNs: now() }),
    item: (id) => findItem(store, id),
    stats: () => store.stats(),
  };
}
