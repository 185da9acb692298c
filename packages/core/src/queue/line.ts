import type { PendingMetric } from "../contract/pending-metric.js";

/** Pending metrics in the order of arrival, and the room that they and those in flight take. */
export interface Line {
  /** Those that wait. Metrics that are removed from it take room until they are released. */
  readonly metrics: PendingMetric[];
  hasRoom(bytes: number): boolean;
  isHalfFull(): boolean;
  /** Adds a metric at the end, whether there is room or not. */
  enter(metric: PendingMetric): void;
  /** Adds a metric at the end if there is room. Returns whether it did. */
  tryEnter(metric: PendingMetric): boolean;
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

  const hasRoom = (size: number): boolean => items < maxItems && bytes + size <= maxBytes;

  function add(metric: PendingMetric, size: number): void {
    // Numbered from 0 within each millisecond, so that order survives coarse clocks
    // (docs/protocol.md#order-of-metrics).
    const now = Math.floor(metric.time);
    if (now === millisecond) sequence++;
    else {
      sequence = 0;
      // V8 makes an object for each large number that a closure keeps.
      millisecond = now;
    }
    metric.sequence = sequence;
    metric.arrivalIndex = arrived++;
    metrics.push(metric);
    items++;
    bytes += size;
  }

  function tryEnter(metric: PendingMetric): boolean {
    const size = metric.bytes;
    if (!hasRoom(size)) return false;
    add(metric, size);
    return true;
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
    hasRoom,
    isHalfFull: () => items * 2 >= maxItems || bytes * 2 >= maxBytes,
    enter: (metric) => add(metric, metric.bytes),
    tryEnter,
    putBack,
    release,
    firstIndex,
    arrived: () => arrived,
  };
}
