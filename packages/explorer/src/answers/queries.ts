import type { Aggregate } from "../model/aggregate.js";
import type { AttributeSummary } from "../model/attribute-summary.js";
import type { MetricSummary } from "../model/metric.js";
import type { EventPage } from "../model/event-page.js";
import type { Exemplars } from "../model/exemplar.js";
import type { Item } from "../model/item.js";
import type { SamplePage } from "../model/sample-page.js";
import type { SeriesAnswer } from "../model/series.js";
import type { Stats, Verdicts } from "../model/stats.js";
import type { Trace } from "../model/trace.js";
import type { TraceList } from "../model/trace-list.js";
import type { TracePage } from "../model/trace-page.js";
import type { AttributeOptions, AttributeValueOptions } from "../questions/attribute-question.js";
import type { AggregateOptions } from "../questions/aggregate-question.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import type { EventOptions } from "../questions/event-question.js";
import type { TraceListOptions } from "../questions/trace-question.js";
import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import { aggregate } from "./aggregate.js";
import { listAttributes, listAttributeValues, type AttributeValues } from "./attributes.js";
import { events, findItem } from "./events.js";
import { exemplars, type ExemplarOptions } from "./exemplars.js";
import { samples } from "./samples.js";
import { series } from "./series.js";
import { trace } from "./trace.js";
import { traceList } from "./trace-list.js";
import { tracePage } from "./trace-page.js";
import { verdicts } from "./verdicts.js";

/** The questions of the JSON API, in process. Each rejects with a `QueryError` when it has no answer. */
export interface Queries {
  /** Returns every stored metric with its type, unit and counts. */
  metrics(): Promise<MetricSummary[]>;
  /** Returns the attributes by which a metric can be grouped and filtered. */
  attributes(name: string, options?: AttributeOptions): Promise<AttributeSummary[]>;
  /** Returns values of one attribute of a metric, the most frequent first. */
  attributeValues(
    name: string,
    key: string,
    options?: AttributeValueOptions,
  ): Promise<AttributeValues>;
  /** Returns aggregated values of a metric. */
  aggregate(name: string, options?: AggregateOptions): Promise<Aggregate>;
  /** Returns a metric over time, by group, beside an earlier range. */
  series(name: string, options?: SeriesOptions): Promise<SeriesAnswer>;
  /** Returns single items that show what each bucket of a metric over time consists of. */
  exemplars(name: string, options?: ExemplarOptions): Promise<Exemplars>;
  /** Returns a page of single received metrics. */
  samples(options?: SampleOptions): Promise<SamplePage>;
  /** Returns a page of traces in numbers. */
  traces(options?: TraceListOptions): Promise<TraceList>;
  /** Returns a trace by its id or the first digits of its id. */
  trace(id: string): Promise<Trace>;
  /** Returns what a waterfall shows of a trace, with self times and typical times. */
  tracePage(id: string): Promise<TracePage>;
  /** Returns a page of errors, logs and spans, the newest first. */
  events(options?: EventOptions): Promise<EventPage>;
  /** Returns one item by its id, with everything that is stored of it. */
  item(id: string): Promise<Item>;
  /** Returns the remarks of Relay's rules about the received items. */
  verdicts(): Promise<Verdicts>;
  /** Returns the contents of the store in numbers. */
  stats(): Promise<Stats>;
}

/** Most metrics in the list of metrics. */
const MAX_METRICS = 10_000;

/**
 * Creates the questions about a store.
 * @param now - the clock that durations such as `since: "10m"` count back from
 */
export function createQueries(store: Store, now: Clock = systemClock): Queries {
  return {
    metrics: () => store.listMetrics(MAX_METRICS),
    attributes: (name, options = {}) => listAttributes(store, name, { options, nowNs: now() }),
    attributeValues: (name, key, options = {}) =>
      listAttributeValues(store, { name, key }, { options, nowNs: now() }),
    aggregate: (name, options = {}) => aggregate(store, name, { options, nowNs: now() }),
    series: (name, options = {}) => series(store, name, { options, nowNs: now() }),
    exemplars: (name, options = {}) => exemplars(store, name, { options, nowNs: now() }),
    samples: (options = {}) => samples(store, { options, nowNs: now() }),
    traces: (options = {}) => traceList(store, { options, nowNs: now() }),
    trace: (id) => trace(store, id),
    tracePage: (id) => tracePage(store, id),
    events: (options = {}) => events(store, { options, nowNs: now() }),
    item: (id) => findItem(store, id),
    verdicts: () => verdicts(store),
    stats: () => store.stats(),
  };
}
