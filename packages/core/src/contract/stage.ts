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
import type { Series } from "./series.js";

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

/** The trace and the surrounding attributes of a call. */
export interface Location {
  readonly trace: Trace;
  readonly sharedAttributes: AttributeMap;
}

/**
 * Records a call whose options were read. `time` is when it was made, in milliseconds since the epoch, if that is
 * known; `rate` the share of its siblings that it is to be kept with; `isTimed` says that the application gave the
 * time, which folding would lose.
 */
export type Settle = (
  series: Series,
  value: number,
  location: Location,
  time: number | undefined,
  rate: number,
  isTimed?: boolean,
) => void;

/** The last steps of a call, of which a `Settle` is made. */
export interface CallSteps {
  /**
   * The series of a call that is kept, marked with the rate by `rated`; `undefined` when it is left out, which is
   * reported.
   */
  sampled(series: Series, location: Location, rate: number, rated?: Rated): Series | undefined;
  /** Brings a call through the hook to the queue. Returns its size as Relay measures it, 0 where it has none. */
  send(series: Series, value: number, location: Location, time: number | undefined): number;
  /** Brings a metric that stands for folded calls through the hook; `undefined` when it was dropped and reported. */
  finish(metric: PendingMetric): PendingMetric | undefined;
  /** Counts a call that waits in a fold, or reports the reason why it does not. */
  wait(reason: DropReason | undefined, series: Series): void;
}

/** Marks a series with the share of its calls that was kept, besides what the application left out by itself. */
export type Rated = (series: Series, sharedAttributes: AttributeMap, rate: number) => Series;

/** Folds metrics that the queue has no room for, by series. */
export interface Fold {
  /** Folds a metric; `buffer_overflow` when there is no room for its series either. */
  add(metric: PendingMetric): PendingMetric | "buffer_overflow";
  /**
   * Removes the oldest series that is due, with `isForced` any, and returns metrics that stand for its calls; none
   * when there is no such series.
   */
  take(isForced?: boolean): PendingMetric[];
}

/** What a fold needs of the client and its queue. */
export interface FoldHost {
  /** The attributes of every metric of the client. */
  defaults(): AttributeMap;
  /** Series are due: they may leave. */
  onDue(): void;
  /** Moves the oldest series to the queue; `false` when there is no room. */
  makeRoom(): boolean;
}
