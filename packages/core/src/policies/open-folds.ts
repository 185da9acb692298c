import type { AttributeMap } from "../contract/metric.js";
import type { TableInstrument } from "./plan.js";
import type { TableFold, TableSeries } from "./table-series.js";

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
      const { series, key, first } = folded;
      const { sharedAttributes } = first;
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
      const { series, key, first } = folded;
      const { sharedAttributes } = first;
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
