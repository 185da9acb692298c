import type { Engine } from "../contract/engine.js";
import type { AttributeMap, Trace } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Instrument, Series } from "../contract/series.js";
import type {
  AddToFold,
  Finish,
  Fold,
  FoldHost,
  FoldResult,
  Location,
  Measure,
} from "../contract/stage.js";
import { copySeries } from "../engine/series.js";
import { FIXED_BYTES, sizeOf } from "../engine/size.js";
import { explainMany } from "./explain-many.js";
import { addCall, addToSum, metricsOf, type Call, type Folded } from "./folded.js";
import { createIntervals } from "./intervals.js";
import { createOpenFolds } from "./open-folds.js";
import { rateOf, rateSeries, SAMPLE_RATE } from "./rate.js";
import { createSeriesTable, type TableSeries } from "./series-table.js";

/**
 * Folds metrics that arrive while the queue is full or Sentry asked for a pause, by series: a counter into its sum, a
 * gauge into its last, least and greatest value, a distribution into a sample with weights. Beyond `maxSeries` series,
 * or as many bytes as the queue may hold, calls fold into one series per type, name and unit; there are at most
 * `maxSeries` of those. Calls find a series that recurs without copying their attributes.
 */
export const folding = (): Part => ({ createFold });

/** The most calls of a distribution that are kept while the queue is full. */
const SAMPLE_SIZE = 100;
/** The keys of folds by series: of metrics that the queue had no room for, and of calls that a rule folds. */
const NO_ROOM = "";
const BY_RULE = "rule";
/** The attributes of series that share one. */
const OVERFLOW: AttributeMap = { "spanmeter.overflow": true };

/** Makes the table of one client. */
export function createFold(engine: Engine, host: FoldHost, measure: Measure): Fold {
  const { maxSeries, maxQueueBytes, maxQueueItems } = engine.settings;
  const table = createSeriesTable(maxSeries);
  const folds = createOpenFolds();
  const intervals = createIntervals(engine, host.onDue);
  /** Of metrics that the queue had no room for. */
  const withoutRoom = new Set<Folded>();
  const overflows = new WeakMap<Instrument, TableSeries>();
  let bytes = 0;

  /** The series that stands for those of an instrument that there is no room for. */
  function overflowOf({ instrument, attributes }: Series, shared: AttributeMap): TableSeries {
    const rate = rateOf(attributes, shared);
    if (rate < 1) return table.ofExactly(instrument, { ...OVERFLOW, [SAMPLE_RATE]: rate });
    let series = overflows.get(instrument);
    if (!series) overflows.set(instrument, (series = table.ofExactly(instrument, OVERFLOW)));
    return series;
  }

  function open(given: Pick<Folded, "series" | "sharedAttributes" | "key" | "trace" | "finish">) {
    const { series, sharedAttributes, finish } = given;
    const { interval } = series.instrument.plan;
    const group = finish ? intervals.groupOf(interval).folds : withoutRoom;
    const folded: Folded = {
      ...given,
      group,
      itemBytes: series.bytes + sizeOf(sharedAttributes) + FIXED_BYTES,
      isOpen: true,
      calls: 0,
      sum: 0,
      rest: 0,
      value: 0,
      time: 0,
      timedCalls: 0,
      kept: [],
    };
    folds.add(folded);
    group.add(folded);
    if (finish) intervals.arm(interval);
    return folded;
  }

  function close(folded: Folded): void {
    folds.remove(folded);
    folded.group.delete(folded);
    bytes -= folded.kept.length * folded.itemBytes;
  }

  function keep(folded: Folded, call: Call, size: number): void {
    bytes += addCall(folded, call, size, engine.random) * folded.itemBytes;
  }

  const isFull = (): boolean => withoutRoom.size >= maxSeries || bytes >= maxQueueBytes;

  /** The fold for a metric that the queue has no room for, if there is room for that. */
  function findWithoutRoom(metric: PendingMetric): Folded | undefined {
    let { sharedAttributes } = metric;
    const { series: given, trace } = metric;
    let series = given.isCached ? (given as TableSeries) : undefined;
    if (!series && !isFull()) series = table.ofExactly(given.instrument, given.attributes);
    const known = series && folds.find(series, sharedAttributes, NO_ROOM);
    if (known) return known;
    if (isFull() || !series) {
      series = overflowOf(given, sharedAttributes);
      sharedAttributes = host.defaults();
      const shared = folds.find(series, sharedAttributes, NO_ROOM);
      if (shared || withoutRoom.size >= 2 * maxSeries) return shared;
    }
    return open({ series, sharedAttributes, key: NO_ROOM, trace, finish: undefined });
  }

  function add(metric: PendingMetric): PendingMetric | "buffer_overflow" {
    const size = isFull() ? 3 : SAMPLE_SIZE;
    const folded = findWithoutRoom(metric);
    if (!folded) return "buffer_overflow";
    const { value, time, trace } = metric;
    if (metric.series.instrument.type !== "counter") keep(folded, { value, time, trace }, size);
    // A sum that is no finite number could not be sent.
    else if (!addToSum(folded, value)) return "buffer_overflow";
    else {
      folded.time = time;
      folded.timedCalls = folded.calls;
    }
    folded.trace = trace;
    return metric;
  }

  /** The fold for a call that a rule folds, if there is room. */
  function findByRule(series: Series, location: Location, finish: Finish): Folded | undefined {
    const { instrument } = series;
    const { by, maxSeries: most } = instrument.plan;
    const { trace } = location;
    let { sharedAttributes } = location;
    let key = by === "series" ? BY_RULE : by === "trace" ? trace.traceId : spanKey(trace);
    // A series that is not in the table had no room there.
    let own = series.isCached ? (series as TableSeries) : undefined;
    const known = own && folds.find(own, sharedAttributes, key);
    if (known) return known;
    if (!own || (!folds.has(own, sharedAttributes) && folds.countSeries(instrument) >= most)) {
      if (__DEV__) explainMany(engine, instrument, folds.seriesOf(instrument));
      own = overflowOf(series, sharedAttributes);
      sharedAttributes = host.defaults();
      key = BY_RULE;
      const shared = folds.find(own, sharedAttributes, key);
      if (shared) return shared;
    }
    const limit = Math.max(maxQueueItems, most);
    if (folds.count() >= limit && !host.makeRoom() && folds.count() >= 2 * limit) return undefined;
    return open({ series: own, sharedAttributes, key, trace, finish });
  }

  function fold(
    series: Series,
    value: number,
    location: Location,
    time: number,
    finish: Finish,
  ): FoldResult {
    const { plan, type } = series.instrument;
    const { trace, sharedAttributes } = location;
    let folded = (series as TableSeries).last;
    if (
      folded === undefined ||
      folded.sharedAttributes !== sharedAttributes ||
      (plan.by === "span"
        ? folded.key !== spanKey(trace)
        : plan.by === "trace" && folded.key !== trace.traceId) ||
      folded.finish !== finish
    ) {
      folded = findByRule(series, location, finish);
      if (!folded) return "buffer_overflow";
      folded.series.last = folded;
    }
    if (type !== "counter") keep(folded, { value, time, trace }, plan.size);
    else if (!addToSum(folded, value)) return "buffer_overflow";
    folded.trace = trace;
    return undefined;
  }

  function bind(series: Series, locate: () => Location, finish: Finish): AddToFold {
    let folded: Folded | undefined;
    return function addToFold(value) {
      if (folded === undefined || !folded.isOpen) folded = findByRule(series, locate(), finish);
      return folded && addToSum(folded, value) ? undefined : "buffer_overflow";
    };
  }

  /** Found again for calls in a row of one series and rate. */
  function rated(series: Series, shared: AttributeMap, rate: number): Series {
    if (!series.isCached) return rateSeries(series, shared, rate);
    const known = (series as TableSeries).rated;
    const total = rate * rateOf(series.attributes, shared);
    if (known?.attributes[SAMPLE_RATE] === total) return known;
    const { attributes } = rateSeries(series, shared, rate);
    return ((series as TableSeries).rated = table.ofExactly(series.instrument, attributes));
  }

  /** The oldest fold that may leave. */
  function next(isForced?: boolean): Folded | undefined {
    for (const folded of withoutRoom) return folded;
    for (const group of intervals.groups)
      if (isForced || group.isDue()) for (const folded of group.folds) return folded;
    return undefined;
  }

  function take(isForced?: boolean): PendingMetric[] {
    for (let folded = next(isForced); folded; folded = next(isForced)) {
      close(folded);
      const { calls, finish, itemBytes, series } = folded;
      series.instrument.usage.rawBytes += finish ? calls * itemBytes : 0;
      const metrics = metricsOf(folded, engine.now()).flatMap(
        // The attribute that says how many calls it represents adds bytes.
        (metric) =>
          (finish ? finish(metric) : (engine.guard(() => measure(metric)) ?? metric)) ?? [],
      );
      // All may have been dropped on the way.
      if (metrics[0]) return metrics;
    }
    return [];
  }

  return {
    find: (instrument, attributes) =>
      table.find(
        instrument,
        attributes,
        instrument.plan.by !== undefined &&
          folds.countSeries(instrument) < instrument.plan.maxSeries,
      ) ?? copySeries(instrument, attributes),
    rated,
    add,
    fold,
    bind,
    take,
  };
}

const spanKey = ({ traceId, spanId }: Trace): string => spanId ?? traceId;
