import type { AttributeMap } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Folded } from "../volume/folded.js";
import type { TableInstrument } from "./plan.js";
import type { TableSeries } from "./series-table.js";

/** Calls of a series of the table that are folded together. */
export interface TableFold extends Folded {
  readonly series: TableSeries;
  readonly sharedAttributes: AttributeMap;
  /** The span or trace that its calls have in common, or by what else they are folded. */
  readonly key: string;
  /** The folds that leave together with it. */
  readonly group: Set<TableFold>;
  /** Brings its metrics to the queue; absent for metrics that came from there. */
  readonly finish: Finish | undefined;
  /** Calls may still be added. */
  isOpen: boolean;
  /** The time is known of so many calls: that of the last one, if it was not read, is close to the end. */
  timedCalls: number;
}

/** Brings a metric that stands for folded calls to the queue; `undefined` when it was dropped, and reported. */
export type Finish = (metric: PendingMetric) => PendingMetric | undefined;

/** The folds that calls are added to, by series, shared attributes and span or trace. */
export interface OpenFolds {
  find(series: TableSeries, sharedAttributes: AttributeMap, key: string): TableFold | undefined;
  /** Whether calls of this series are folded now, whatever their span or trace. */
  has(series: TableSeries, sharedAttributes: AttributeMap): boolean;
  add(folded: TableFold): void;
  remove(folded: TableFold): void;
  /** The sets of attributes of an instrument that are folded now. */
  seriesOf(instrument: TableInstrument): readonly TableFold[];
  countSeries(instrument: TableInstrument): number;
  /** How many folds there are. */
  count(): number;
}

type ByKey = Map<string, TableFold>;

/** Makes an empty collection. */
export function createOpenFolds(): OpenFolds {
  const open = new Map<TableInstrument, Set<ByKey>>();
  let count = 0;

  return {
    find: ({ folds }, sharedAttributes, key) => folds?.get(sharedAttributes)?.get(key),
    has: ({ folds }, sharedAttributes) => Boolean(folds?.has(sharedAttributes)),
    add(folded) {
      const { series, sharedAttributes, key } = folded;
      const { instrument } = series;
      const folds = (series.folds ??= new Map<AttributeMap, ByKey>());
      let same = folds.get(sharedAttributes);
      if (!same) {
        folds.set(sharedAttributes, (same = new Map()));
        let all = open.get(instrument);
        if (!all) open.set(instrument, (all = new Set()));
        all.add(same);
      }
      same.set(key, folded);
      count++;
    },
    remove(folded) {
      const { series, sharedAttributes, key } = folded;
      const { folds, instrument } = series;
      folded.isOpen = false;
      if (series.last === folded) series.last = undefined;
      const same = folds?.get(sharedAttributes);
      if (!same?.delete(key)) return;
      count--;
      if (same.size) return;
      folds?.delete(sharedAttributes);
      const all = open.get(instrument);
      all?.delete(same);
      if (all?.size === 0) open.delete(instrument);
    },
    seriesOf: (instrument) =>
      [...(open.get(instrument) ?? [])].flatMap((same) => [...same.values()].slice(0, 1)),
    countSeries: (instrument) => open.get(instrument)?.size ?? 0,
    count: () => count,
  };
}
