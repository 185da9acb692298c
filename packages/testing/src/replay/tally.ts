import type { MetricType } from "@spanmeter/core";
import { estimate, type Estimates, type WeightedValue } from "../snuba/estimate.js";

/** Collects values by metric, and by metric and attributes. */
export interface Tally {
  add(type: MetricType, name: string, attributes: object, item: WeightedValue): void;
  /** Estimates by name of a metric, for one type. */
  byName(type: MetricType): Map<string, Estimates>;
  /** The sums of counters, by name and attributes as JSON text. */
  counterSums(): Map<string, number>;
}

/** Attributes that the client adds; those of a call have no such names. */
const isOwn = (key: string): boolean => !/^(sentry|server|spanmeter)\./.test(key);

/** Makes an empty tally. */
export function createTally(): Tally {
  const items = new Map<MetricType, Map<string, WeightedValue[]>>();
  const sums = new Map<string, number>();
  /** Sorting hundreds of thousands of values takes long; cleared by the next value. */
  const estimates = new Map<MetricType, Map<string, Estimates>>();

  function byName(type: MetricType): Map<string, Estimates> {
    let known = estimates.get(type);
    if (!known) {
      known = new Map([...(items.get(type) ?? [])].map(([name, list]) => [name, estimate(list)]));
      estimates.set(type, known);
    }
    return known;
  }

  return {
    add(type, name, attributes, item) {
      estimates.clear();
      let ofType = items.get(type);
      if (!ofType) items.set(type, (ofType = new Map()));
      const list = ofType.get(name);
      if (list) list.push(item);
      else ofType.set(name, [item]);
      if (type !== "counter") return;
      const own = Object.entries(attributes).filter(([key]) => isOwn(key));
      const key = JSON.stringify([name, ...own.sort(([a], [b]) => (a < b ? -1 : 1))]);
      sums.set(key, (sums.get(key) ?? 0) + item.value / item.samplingFactor);
    },
    byName,
    counterSums: () => sums,
  };
}
