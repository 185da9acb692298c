import type { DropReason } from "./drop.js";
import type {
  AttributeMap,
  ChangedMetric,
  InstrumentOptions,
  MetricOptions,
  MetricType,
  Trace,
} from "./metric.js";
import type { PendingMetric } from "./pending-metric.js";
import type { FindSeries, Instrument, Series } from "./series.js";

/** Records one call. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

/** Makes a function that records calls of one metric. Neither throws. */
export type Bind = (
  type: MetricType,
  name: string,
  options: InstrumentOptions,
) => (value: number, options?: MetricOptions) => void;

/**
 * One step of a metric between its call and the queue: returns the metric to go on with, or the reason to
 * drop it; `undefined` for `invalid`.
 */
export type Stage = (metric: PendingMetric) => PendingMetric | DropReason | undefined;

/**
 * Makes a metric out of what `beforeSendMetric` returned for `original`, if it is a valid one. Time and trace that
 * it left out stay as they were; attributes that it removed stay removed.
 */
export type Redraft = (
  changed: ChangedMetric,
  original: PendingMetric,
) => PendingMetric | undefined;

/** Measures a metric and, where it can, shortens one that is too large; `undefined` to drop it. */
export type Measure = (metric: PendingMetric) => PendingMetric | undefined;

/** Finds an instrument by the arguments of a call; `undefined` when they are not valid. Never throws. */
export type FindInstrument = (
  type: MetricType,
  name: string,
  unit: unknown,
) => Instrument | undefined;

/** The trace and the surrounding attributes of a call. */
export interface Location {
  readonly trace: Trace;
  readonly sharedAttributes: AttributeMap;
}

/** Folds calls, and metrics that the queue has no room for, by series. */
export interface Fold {
  readonly find: FindSeries;
  /** The series of calls of which a share was kept, as `sentry.client_sample_rate` says. */
  rated(series: Series, shared: AttributeMap, rate: number): Series;
  /** Folds a metric; `buffer_overflow` when there is no room for its series either. */
  add(metric: PendingMetric): PendingMetric | "buffer_overflow";
  /**
   * Folds a call as the plan of its instrument says. `time` is in milliseconds since the epoch and is read for
   * gauges and distributions alone. `finish` gets the metrics that stand for the calls, when they leave.
   */
  fold(series: Series, value: number, location: Location, time: number, finish: Finish): FoldResult;
  /** Makes a function that adds calls of a counter, folded by series. `locate` is called once an interval. */
  bind(series: Series, locate: () => Location, finish: Finish): AddToFold;
  /**
   * Removes the oldest series that is due, with `isForced` any, and returns metrics that stand for its calls; none
   * when there is no such series.
   */
  take(isForced?: boolean): PendingMetric[];
}

/** Adds the value of one call. */
export type AddToFold = (value: number) => FoldResult;

/** Why a call could not be folded; `undefined` when it was. */
export type FoldResult = "buffer_overflow" | undefined;

/** Brings a metric that stands for folded calls to the queue; `undefined` when it was dropped, and reported. */
export type Finish = (metric: PendingMetric) => PendingMetric | undefined;

/** What a fold needs of the queue. */
export interface FoldHost {
  /** The attributes of every metric of the client. */
  defaults(): AttributeMap;
  /** Series are due: they may leave. */
  onDue(): void;
  /** Moves the oldest series to the queue; `false` when there is no room. */
  makeRoom(): boolean;
}
