import type { PendingMetric } from "./pending-metric.js";

/** The payload of one `trace_metric` item. */
export interface EncodedMetrics {
  readonly payload: string | Uint8Array;
  /** How many metrics it holds: the first ones of those given. */
  readonly count: number;
  readonly bytes: number;
}

/**
 * Encodes as many of the given metrics, at least one if there is one, as fit into `maxBytes`. `head` is
 * the container's text up to its `items`. A platform may bring an encoder of its own.
 */
export type EncodeMetrics = (
  metrics: readonly PendingMetric[],
  head: string,
  maxBytes: number,
  encodeUtf8: (text: string) => Uint8Array,
) => EncodedMetrics;
