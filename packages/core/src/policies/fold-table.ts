import type { Engine } from "../contract/engine.js";
import type { AttributeMap, Trace } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Series } from "../contract/series.js";
import type { Fold, FoldHost, Location, Measure } from "../contract/stage.js";
import { locationOf, createMetric } from "../engine/waiting-metric.js";
import { addCall, addMetric, addToSum, metricsOf } from "../volume/folded.js";
import { rateOf, SAMPLE_RATE } from "../volume/rate.js";
import { splitRatesExactly } from "./exact-rates.js";
import { explainMany } from "./explain-many.js";
import { createIntervals, stamp } from "./intervals.js";
import { createOpenFolds } from "./open-folds.js";
import type { TableInstrument } from "./plan.js";
import type { SeriesTable } from "./series-table.js";
import {
  OVERFLOW,
  OverflowSeries,
  TableFold,
  type Finish,
  type TableSeries,
} from "./table-series.js";

/** Folds calls that a rule folds, and metrics that the queue has no room for. */
export interface FoldTable extends Fold {
  /** Whether there is room for one more series of an instrument that a rule folds. */
  hasRoom(instrument: TableInstrument): boolean;
  /**
   * Folds a call as the plan of its instrument says; `buffer_overflow` when it could not be. `time`, in milliseconds
   * since the epoch, is read for gauges and distributions alone. `finish` gets the metrics that stand for the calls;
   * `readTrace` is called for the first one where the location says that the trace was not read.
   */
  fold(
    series: Series,
    value: number,
    location: Location,
    time: number,
    finish: Finish,
    readTrace: () => Trace,
  ): FoldResult;
  /** The fold for a call, if there is room. */
  findByRule(series: Series, location: Location, finish: Finish): TableFold | undefined;
}

type FoldResult = "buffer_overflow" | undefined;

/** The keys of folds by series: of metrics that the queue had no room for, and of calls that a rule folds. */
const NO_ROOM = "";
const BY_RULE = "rule";

/** Says that the trace of a call was not read. */
export const UNREAD_TRACE: Trace = { traceId: "" };

/** The location with its trace. */
export const withTrace = (location: Location, readTrace: () => Trace): Location =>
  location.trace === UNREAD_TRACE ? locationOf(readTrace(), location.sharedAttributes) : location;

/** Makes the table of one client. */
export function createFoldTable(
  engine: Engine,
  host: FoldHost,
  measure: Measure,
  table: SeriesTable,
): FoldTable {
  const { maxSeries, maxQueueBytes, maxQueueItems } = engine.settings;
  const folds = createOpenFolds();
  const intervals = createIntervals(engine, () => void host.unfold());
  /** Of metrics that the queue had no room for. */
  const withoutRoom = new Set<TableFold>();
  const overflows = new WeakMap<TableInstrument, TableSeries>();
  let bytes = 0;

  const hasRoom = (instrument: TableInstrument): boolean =>
    folds.countSeries(instrument) < instrument.plan.maxSeries;

  /** The series that stands for those of an instrument that there is no room for. */
  function overflowOf(instrument: TableInstrument, rate: number): TableSeries {
    if (rate < 1) return table.ofExactly(instrument, { ...OVERFLOW, [SAMPLE_RATE]: rate });
    let overflow = overflows.get(instrument);
    if (!overflow) overflows.set(instrument, (overflow = table.ofExactly(instrument, OVERFLOW)));
    return overflow;
  }

  function open(
    series: TableSeries,
    sharedAttributes: AttributeMap,
    trace: Trace,
    key: string,
    finish?: Finish,
  ): TableFold {
    const { interval } = series.instrument.plan;
    const first = createMetric(series, 0, 0, locationOf(trace, sharedAttributes));
    const group = finish ? intervals.groupOf(interval).folds : withoutRoom;
    const folded = new TableFold(first, series, key, group, finish);
    folds.add(folded);
    folded.group.add(folded);
    if (finish) intervals.arm(interval);
    return folded;
  }

  function close(folded: TableFold): void {
    folds.remove(folded);
    folded.group.delete(folded);
    bytes -= folded.kept.length * folded.first.bytes;
  }

  const isFull = (): boolean => withoutRoom.size >= maxSeries || bytes >= maxQueueBytes;

  /** The fold of the last call of the same series, which most calls have in common. */
  function findLast({ series, sharedAttributes }: PendingMetric): TableFold | undefined {
    const { lastWithoutRoom: last } = series as Partial<TableSeries>;
    return last?.isOpen && last.first.sharedAttributes === sharedAttributes ? last : undefined;
  }

  /** The fold for a metric that the queue has no room for, if there is room for that. */
  function findWithoutRoom(metric: PendingMetric): TableFold | undefined {
    const { series: given, sharedAttributes, trace } = metric;
    const instrument = given.instrument as TableInstrument;
    const mayOpen = !isFull();
    let series = given.isCached ? (given as TableSeries) : undefined;
    if (!series && mayOpen) series = table.ofExactly(instrument, given.attributes);
    const known = series && folds.find(series, sharedAttributes, NO_ROOM);
    if (known) return (known.series.lastWithoutRoom = known);
    if (series && mayOpen) return open(series, sharedAttributes, trace, NO_ROOM);
    const overflow = overflowOf(instrument, rateOf(given.attributes, sharedAttributes));
    const shared = folds.find(overflow, host.defaults(), NO_ROOM);
    if (shared || withoutRoom.size >= 2 * maxSeries) return shared;
    return open(overflow, host.defaults(), trace, NO_ROOM);
  }

  function add(metric: PendingMetric): PendingMetric | "buffer_overflow" {
    const folded = findLast(metric) ?? findWithoutRoom(metric);
    const kept = folded && addMetric(folded, metric, isFull, engine.random);
    if (kept === undefined) return "buffer_overflow";
    folded!.timedCalls = folded!.calls;
    bytes += kept * folded!.first.bytes;
    return metric;
  }

  /** The fold for a call that a rule folds, if there is room. */
  function findByRule(series: Series, location: Location, finish: Finish): TableFold | undefined {
    const instrument = series.instrument as TableInstrument;
    const { maxSeries: most } = instrument.plan;
    const { trace, sharedAttributes } = location;
    const key = keyOf(instrument, trace);
    // A series that is not in the table had no room there.
    const own = series.isCached ? (series as TableSeries) : undefined;
    const known = own && folds.find(own, sharedAttributes, key);
    if (known) return known;
    const limit = Math.max(maxQueueItems, most);
    const mayOpen = folds.count() < limit || host.unfold(true) || folds.count() < 2 * limit;
    if (own && (hasRoom(instrument) || folds.has(own, sharedAttributes)))
      return mayOpen ? open(own, sharedAttributes, trace, key, finish) : undefined;
    if (__DEV__) explainMany(engine, instrument, folds.seriesOf);
    const overflow = overflowOf(instrument, rateOf(series.attributes, sharedAttributes));
    const shared = folds.find(overflow, host.defaults(), BY_RULE);
    if (shared || !mayOpen) return shared;
    return open(overflow, host.defaults(), trace, BY_RULE, finish);
  }

  function fold(
    series: Series,
    value: number,
    location: Location,
    time: number,
    finish: Finish,
    readTrace: () => Trace,
  ): FoldResult {
    const { trace } = location;
    const { type, plan } = series.instrument as TableInstrument;
    let { last: folded } = series as Partial<TableSeries>;
    if (folded === undefined || folded.finish !== finish || !isOf(folded, series, location)) {
      folded = findByRule(series, withTrace(location, readTrace), finish);
      if (!folded) return "buffer_overflow";
      folded.series.last = folded;
      if (series instanceof OverflowSeries) series.last = folded;
    }
    if (type === "counter") {
      if (!addToSum(folded, value)) return "buffer_overflow";
    } else {
      bytes +=
        addCall(folded, { value, time, trace }, plan.size, engine.random) * folded.first.bytes;
      folded.timedCalls = folded.calls;
    }
    return undefined;
  }

  /** The oldest fold that may leave. */
  function next(isForced?: boolean): TableFold | undefined {
    for (const folded of withoutRoom) return folded;
    for (const group of intervals.groups)
      if (isForced || group.isDue()) for (const folded of group.folds) return folded;
    return undefined;
  }

  function take(isForced?: boolean): PendingMetric[] {
    for (let folded = next(isForced); folded; folded = next(isForced)) {
      close(folded);
      stamp(folded, engine.now());
      const { calls, finish, first, series } = folded;
      if (finish) series.instrument.usage.rawBytes += calls * first.bytes;
      const metrics = metricsOf(folded, splitRatesExactly).flatMap(
        // The attribute that says how many calls it represents adds bytes.
        (metric) =>
          (finish ? finish(metric) : (engine.guard(() => measure(metric)) ?? metric)) ?? [],
      );
      // All may have been dropped on the way.
      if (metrics[0]) return metrics;
    }
    return [];
  }

  return { hasRoom, add, fold, findByRule, take };
}

/** Whether the last fold of a series is that of a call. */
function isOf(
  { first, isOpen }: TableFold,
  series: Series,
  { sharedAttributes, trace }: Location,
): boolean {
  // All calls that there is no room for share one.
  if (!series.isCached) return isOpen;
  const { by } = (series.instrument as TableInstrument).plan;
  return (
    first.sharedAttributes === sharedAttributes &&
    (by === "series" || isSameTrace(first.trace, trace, by))
  );
}

function isSameTrace(a: Trace, b: Trace, by: "span" | "trace" | undefined): boolean {
  return a.traceId === b.traceId && (by === "trace" || a.spanId === b.spanId);
}

function keyOf({ plan: { by } }: TableInstrument, { traceId, spanId = "" }: Trace): string {
  if (by === "series") return BY_RULE;
  return by === "span" ? traceId + spanId : traceId;
}
