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
import type { FindInstrument, Series } from "./series.js";

/** Records one call. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

/** Makes a function that records calls of one metric. Neither throws. */
export type Bind = (type: MetricType, name: string, options: InstrumentOptions) => RecordBound;

/**
 * Records a call of a handle; a counter without a value counts 1. Returns `false` when nothing was recorded, because
 * its client was closed.
 */
export type RecordBound = (value?: number, options?: MetricOptions) => boolean | void;

/**
 * One step of a metric between its call and the queue: returns the metric to go on with, or the reason to
 * drop it; `undefined` for `invalid`.
 */
export type Stage = (metric: PendingMetric) => PendingMetric | DropReason | undefined;

/** The client, as far as the part that calls `beforeSendMetric` needs it. */
export interface HookHost {
  readonly find: FindInstrument;
  /** The trace that an application names, if it is a valid one. */
  named(trace: Trace | undefined): Trace | undefined;
  /** Present where developers are warned. */
  readonly lint: Lint | undefined;
}

/** Warns about everything in a call that Sentry would silently change. */
export type Lint = (
  type: MetricType,
  name: string,
  details: { readonly unit?: unknown; readonly timestamp?: unknown },
  /** Milliseconds since the epoch, as the timestamp was understood. */
  time: number | undefined,
) => void;

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

/** The trace and the surrounding attributes of calls. */
export interface Location {
  readonly trace: Trace;
  readonly sharedAttributes: AttributeMap;
  /** The size of a metric without that of its series, as {@link PendingMetric.bytes} counts. */
  readonly bytes: number;
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

/** The steps of a call, of which a `Settle` is made. Those of parts that are missing are absent. */
export interface CallSteps {
  readonly sample: Sample | undefined;
  readonly hook: Stage | undefined;
  readonly measure: Measure;
  readonly counts: { recorded: number; pending: number };
  /** Brings a call through the hook to the queue. Returns its size as Relay measures it. */
  send(series: Series, value: number, location: Location, time: number | undefined): number;
  /** Reports a lost call, or all calls that a metric stands for. */
  lose(
    reason: DropReason | undefined,
    name: unknown,
    metric?: Pick<PendingMetric, "series" | "sharedAttributes" | "calls">,
    /** By default those of the metric, if there is one. */
    bytes?: number,
  ): void;
}

/**
 * Returns the series of a call that is kept at this rate, below 1, marked with it by `rate`; `undefined` when the call
 * is left out.
 */
export type Sample = (
  series: Series,
  location: Location,
  rate: number,
  mark?: Rated,
) => Series | undefined;

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

/** The client and its queue, as far as a fold needs them. */
export interface FoldHost {
  /** The attributes of every metric of the client. */
  defaults(): AttributeMap;
  /**
   * Moves series that are due to the queue, as far as there is room; with `isForced` one, whether it is due or not.
   * Returns whether there was any.
   */
  unfold(isForced?: boolean): boolean;
}
