import type { AttributeMap } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import { sizeOf } from "../engine/size.js";
import type { Call, Folded } from "../volume/folded.js";
import type { TableInstrument } from "./plan.js";

/** A series that is found again, and the calls of it that are folded now. */
export class TableSeries implements Series {
  readonly isCached = true;
  readonly bytes: number;
  encoded: unknown = undefined;
  /** Its exact size with these shared attributes, the last ones that a call was left out with. */
  sized: { readonly sharedAttributes: AttributeMap; readonly bytes: number } | undefined =
    undefined;
  /** The fold that was used last. */
  last: TableFold | undefined = undefined;
  /** The fold of metrics that the queue had no room for which was used last. */
  lastWithoutRoom: TableFold | undefined = undefined;
  /** The one with the rate that its calls were kept with last. */
  rated: TableSeries | undefined = undefined;
  /** Folds by their shared attributes, then by span or trace. */
  folds: Map<AttributeMap, Map<string, TableFold>> | undefined = undefined;

  constructor(
    readonly instrument: TableInstrument,
    readonly attributes: AttributeMap,
  ) {
    this.bytes = instrument.name.length + sizeOf(attributes);
  }
}

/** The attributes of series that share one. */
export const OVERFLOW: AttributeMap = { "spanmeter.overflow": true };

/**
 * The series of calls that there is no room for, found without their attributes. It is not of the table: a fold that is
 * found by one of those is of a series that there is room for.
 */
export class OverflowSeries implements Series {
  readonly isCached = false;
  readonly attributes: AttributeMap = OVERFLOW;
  readonly bytes: number;
  /** The fold that was used last. */
  last: TableFold | undefined = undefined;

  constructor(readonly instrument: TableInstrument) {
    this.bytes = instrument.name.length + sizeOf(OVERFLOW);
  }
}

/** Calls of a series of the table that are folded together. A class: V8 reads its members without searching. */
export class TableFold implements Folded {
  calls = 0;
  // Not 0: V8 would hold whole numbers first, and compile everything again at the first other one.
  sum = -0;
  rest = -0;
  last: Call;
  readonly kept: Call[] = [];
  /** Calls may still be added. */
  isOpen = true;
  /** The time is known of so many calls: that of the last one, if it was not read, is close to the end. */
  timedCalls = 0;

  constructor(
    readonly first: PendingMetric,
    readonly series: TableSeries,
    /** The span or trace that its calls have in common, or by what else they are folded. */
    readonly key: string,
    /** The folds that leave together with it. */
    readonly group: Set<TableFold>,
    /** Brings its metrics to the queue; absent for metrics that came from there. */
    readonly finish: Finish | undefined,
  ) {
    this.last = { value: 0, time: 0, trace: first.trace };
  }
}

/** Brings a metric that stands for folded calls to the queue; `undefined` when it was dropped, and reported. */
export type Finish = (metric: PendingMetric) => PendingMetric | undefined;
