import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import { aggregate, type Aggregate, type AggregateOptions } from "./aggregate.js";
import { listAttributes, type AttributeSummary } from "./attributes.js";
import type { Item } from "../model/item.js";
import { listMetrics, type MetricSummary } from "./metrics.js";
import { samples, type SampleOptions } from "./samples.js";
import { stats, type Stats } from "./stats.js";
import { trace, type Trace } from "./trace.js";
import { verdicts, type Verdicts } from "./verdicts.js";

/** The questions that can be asked. A question that cannot be answered rejects with a `QueryError`. */
export interface Queries {
  metrics(): Promise<MetricSummary[]>;
  /** What a metric can be grouped and filtered by. */
  attributes(name: string): Promise<AttributeSummary[]>;
  aggregate(name: string, options?: AggregateOptions): Promise<Aggregate>;
  samples(options?: SampleOptions): Promise<Item[]>;
  trace(id: string): Promise<Trace>;
  verdicts(): Promise<Verdicts>;
  stats(): Promise<Stats>;
}

export function createQueries(store: Store, now: Clock = systemClock): Queries {
  return {
    metrics: () => listMetrics(store),
    attributes: (name) => listAttributes(store, name),
    aggregate: (name, options) => aggregate(store, name, { ...options, nowNs: now() }),
    samples: (options) => samples(store, { ...options, nowNs: now() }),
    trace: (id) => trace(store, id),
    verdicts: () => verdicts(store),
    stats: () => stats(store),
  };
}
