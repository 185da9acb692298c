import type { Aggregate } from "../model/aggregate.js";
import type { AttributeSummary, MetricSummary } from "../model/metric.js";
import type { SamplePage } from "../model/sample-page.js";
import type { SeriesAnswer } from "../model/series.js";
import type { Stats, Verdicts } from "../model/stats.js";
import type { Trace } from "../model/trace.js";
import type { AggregateOptions } from "../questions/aggregate-question.js";
import type { SeriesOptions } from "../questions/series/series-question.js";
import type { SampleOptions } from "../questions/sample-question.js";
import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import { aggregate } from "./aggregate.js";
import { listAttributes } from "./attributes.js";
import { samples } from "./samples.js";
import { series } from "./series.js";
import { trace } from "./trace.js";
import { verdicts } from "./verdicts.js";

/** The questions of the JSON API, in process. Each rejects with a `QueryError` when it has no answer. */
export interface Queries {
  /** Returns every stored metric with its type, unit and counts. */
  metrics(): Promise<MetricSummary[]>;
  /** Returns the attributes by which a metric can be grouped and filtered. */
  attributes(name: string): Promise<AttributeSummary[]>;
  /** Returns aggregated values of a metric. */
  aggregate(name: string, options?: AggregateOptions): Promise<Aggregate>;
  /** Returns a metric over time, by group, beside an earlier range. */
  series(name: string, options?: SeriesOptions): Promise<SeriesAnswer>;
  /** Returns a page of single received metrics. */
  samples(options?: SampleOptions): Promise<SamplePage>;
  /** Returns a trace by its id or the first digits of its id. */
  trace(id: string): Promise<Trace>;
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
    attributes: (name) => listAttributes(store, name),
    aggregate: (name, options = {}) => aggregate(store, name, { options, nowNs: now() }),
    series: (name, options = {}) => series(store, name, { options, nowNs: now() }),
    samples: (options = {}) => samples(store, { options, nowNs: now() }),
    trace: (id) => trace(store, id),
    verdicts: () => verdicts(store),
    stats: () => store.stats(),
  };
}
