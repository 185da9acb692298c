import type { PendingMetric } from "../contract/pending-metric.js";

/** Pending metrics in the order of arrival, and the room that they and those in flight take. */
export interface Line {
  /** Those that wait. Metrics that are removed from it take room until they are released. */
  readonly metrics: PendingMetric[];
  hasRoom(bytes: number): boolean;
  isHalfFull(): boolean;
  /** Adds a metric at the end. */
  enter(metric: PendingMetric): void;
  /** Returns removed metrics to their places. */
  putBack(metrics: readonly PendingMetric[]): void;
  /** Frees the room of removed metrics. */
  release(metrics: readonly PendingMetric[]): void;
  /** The arrival index of the first metric, or that of the next one to arrive. */
  firstIndex(): number;
  /** How many metrics ever arrived: the next one's arrival index. */
  arrived(): number;
}

/** Makes an empty line with room for so many metrics and bytes. */
export function createLine(maxItems: number, maxBytes: number): Line {
  const metrics: PendingMetric[] = [];
  let items = 0;
  let bytes = 0;
  let arrived = 0;
  let sequence = 0;
  let millisecond = NaN;

  const firstIndex = (): number => metrics[0]?.arrivalIndex ?? arrived;

  function enter(metric: PendingMetric): void {
    // Numbered from 0 within each millisecond, so that order survives coarse clocks
    // (docs/protocol.md#order-of-metrics).
    const now = Math.floor(metric.time);
    metric.sequence = sequence = now === millisecond ? sequence + 1 : 0;
    millisecond = now;
    metric.arrivalIndex = arrived++;
    metrics.push(metric);
    items++;
    bytes += metric.bytes;
  }

  function putBack(returned: readonly PendingMetric[]): void {
    const belongInFront = returned.every(({ arrivalIndex }) => arrivalIndex < firstIndex());
    metrics.unshift(...returned);
    if (!belongInFront) metrics.sort((a, b) => a.arrivalIndex - b.arrivalIndex);
  }

  function release(removed: readonly PendingMetric[]): void {
    for (const metric of removed) {
      items--;
      bytes -= metric.bytes;
    }
  }

  return {
    metrics,
    hasRoom: (size) => items < maxItems && bytes + size <= maxBytes,
    isHalfFull: () => items * 2 >= maxItems || bytes * 2 >= maxBytes,
    enter,
    putBack,
    release,
    firstIndex,
    arrived: () => arrived,
  };
}
