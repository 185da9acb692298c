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

/** Lists of numbers take less memory than hundreds of thousands of objects. */
interface Columns {
  readonly values: number[];
  readonly factors: number[];
}

const rowsOf = ({ values, factors }: Columns): WeightedValue[] =>
  values.map((value, i) => ({ value, samplingFactor: factors[i] ?? 1 }));

/** Makes an empty tally. */
export function createTally(): Tally {
  const items = new Map<MetricType, Map<string, Columns>>();
  const sums = new Map<string, number>();
  /** Sorting hundreds of thousands of values takes long; cleared by the next value. */
  const estimates = new Map<MetricType, Map<string, Estimates>>();

  function byName(type: MetricType): Map<string, Estimates> {
    let known = estimates.get(type);
    if (!known) {
      known = new Map(
        [...(items.get(type) ?? [])].map(([name, columns]) => [name, estimate(rowsOf(columns))]),
      );
      estimates.set(type, known);
    }
    return known;
  }

  return {
    add(type, name, attributes, item) {
      estimates.clear();
      let ofType = items.get(type);
      if (!ofType) items.set(type, (ofType = new Map()));
      let columns = ofType.get(name);
      if (!columns) ofType.set(name, (columns = { values: [], factors: [] }));
      columns.values.push(item.value);
      columns.factors.push(item.samplingFactor);
      if (type !== "counter") return;
      const own = Object.entries(attributes).filter(([key]) => isOwn(key));
      const key = JSON.stringify([name, ...own.sort(([a], [b]) => (a < b ? -1 : 1))]);
      sums.set(key, (sums.get(key) ?? 0) + item.value / item.samplingFactor);
    },
    byName,
    counterSums: () => sums,
  };
}
