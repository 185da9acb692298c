import type { DropReason } from "./drop.js";
import type { MetricOptions, MetricType } from "./metric.js";
import type { PendingMetric } from "./pending-metric.js";

/** Records one call. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

/**
 * One step of a metric between its call and the queue: returns the metric to go on with, or the reason to
 * drop it; `undefined` for `invalid`.
 */
export type Stage = (
  metric: PendingMetric,
  options: MetricOptions,
) => PendingMetric | DropReason | undefined;

/**
 * Makes a metric, if it is a valid one: from a call, or from what `beforeSendMetric` returned for the metric
 * it was given (`original`). Time and trace that it left out stay as they were; attributes that it removed
 * stay removed.
 */
export type Draft = (
  type: MetricType,
  name: string,
  value: number,
  details: MetricOptions,
  original?: PendingMetric,
) => PendingMetric | undefined;

/** Measures a metric and, where it can, shortens one that is too large; `undefined` to drop it. */
export type Measure = (metric: PendingMetric) => PendingMetric | undefined;

/** Metrics that the queue has no room for, folded by series. */
export interface Fold {
  /** Folds a metric; `buffer_overflow` when there is no room for its series either. */
  add(metric: PendingMetric): PendingMetric | "buffer_overflow";
  /** Removes the oldest series and returns metrics that stand for its calls; none when there is no series. */
  take(): PendingMetric[];
}
