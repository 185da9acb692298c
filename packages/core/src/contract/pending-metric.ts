import type { Bag } from "../engine/attributes.js";
import type { DropReason } from "./drop.js";
import type { AttributeValue, MetricOptions, MetricType, Trace } from "./metric.js";

/** A metric between the call and the wire. */
export interface Waiting {
  readonly type: MetricType;
  readonly name: string;
  readonly value: number;
  readonly unit: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly trace: Trace;
  readonly attributes: Bag;
  /** Shared attributes, below `attributes` in precedence. One object serves many metrics. */
  readonly base: Bag;
  /** Size as Relay measures it, with text counted in UTF-16 units; 0 until measured. */
  bytes: number;
  /** How many calls it stands for: 1, unless it was folded. */
  readonly calls: number;
  /** Order within one millisecond (`sentry.timestamp.sequence`), given when it enters the queue. */
  sequence: number;
  /** Its place in the order of arrival, given there as well. */
  place: number;
}

/**
 * One step of a metric's way: answers with the metric to go on with, or why it ends here; nothing when it
 * is `invalid`.
 */
export type Stage = (metric: Waiting, options: MetricOptions) => Waiting | DropReason | undefined;

/** Where calls wait that the queue has no room for, folded by series. */
export interface Fold {
  /** Folds a call; `buffer_overflow` when there is no room for its series either. */
  add(metric: Waiting): Waiting | "buffer_overflow";
  /** Takes the oldest series out, as metrics that stand for its calls; none when nothing is there. */
  take(): Waiting[];
}

/** How one send ended; nothing in it when the envelope was taken. */
export interface SendResult {
  /** Why its metrics are lost, where they are not sent again. */
  readonly reason?: DropReason;
  /** They may be sent again, after this many milliseconds at least. */
  readonly retryAfterMs?: number | undefined;
  /** It was too large; a part of it may be taken. */
  readonly isTooLarge?: boolean;
  /** No server answered. */
  readonly isUnanswered?: boolean;
  /** The platform stored it for a later process or page. */
  readonly isStored?: boolean;
}

/** What the end of a batch means for the queue. */
export interface BatchEnd {
  /** Its metrics are to be sent again. */
  readonly retry?: boolean;
  /** Its metrics were lost. */
  readonly isLost?: boolean;
  /**
   * For how many milliseconds nothing may be sent: at least, or exactly when Sentry asked for it. Absent
   * when the server is well.
   */
  readonly pauseMs?: number | undefined;
  readonly isRateLimit?: boolean;
}

/** A batch on its way. */
export interface Departure {
  /** How many of the metrics offered the envelope holds: the first ones. */
  readonly taken: number;
  /** Never rejects. */
  readonly result: Promise<SendResult>;
  /** Accounts for the metrics. Called once, without a result when none came in time. */
  settle(result?: SendResult): BatchEnd;
}

/**
 * Where metrics leave the queue: sends the first of these, and what losses there are. `isLast` says that the
 * page or process may end right after: what cannot be encoded is dropped instead of tried again. Never
 * throws.
 */
export type Send = (metrics: readonly Waiting[], isLast?: boolean) => Departure;

/** The payload of one `trace_metric` item, how many metrics it holds (the first of those given), and its size in bytes. */
export type Container = readonly [payload: string | Uint8Array, count: number, bytes: number];

/**
 * Encodes as many of the given metrics, at least one if there is one, as fit into `maxBytes`. `head` is
 * the container's text up to its `items`. A platform may bring an encoder of its own.
 */
export type EncodeMetrics = (
  metrics: readonly Waiting[],
  head: string,
  maxBytes: number,
  encodeUtf8: (text: string) => Uint8Array,
) => Container;

/** The value, and `sentry.timestamp.sequence` with its number, which every metric carries. */
export const FIXED_BYTES: number = 8 + 25 + 8;

/**
 * Size as Relay measures it and Sentry bills it (wire.md 3.3): bytes of text, 8 for a number, 1 for a
 * boolean. Text is counted in UTF-16 units: exact for ASCII, a lower bound otherwise.
 */
export function sizeOf(bag: Bag): number {
  let size = 0;
  for (const key in bag) size += key.length + valueSize(bag[key] as AttributeValue);
  return size;
}

export function valueSize(value: AttributeValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object") return typeof value === "number" ? 8 : 1;
  return (value as readonly AttributeValue[]).reduce<number>(
    (size, each) => size + valueSize(each),
    0,
  );
}

/** The size of a metric as Relay measures it, exactly. */
export function exactSize(metric: Waiting, encodeUtf8: (text: string) => Uint8Array): number {
  const { name, base, attributes } = metric;
  const all = { ...base, ...attributes };
  // Every text of the metric in one, with commas and digits, which take a byte per unit.
  const text = [name, Object.entries(all)].join();
  return name.length + FIXED_BYTES + sizeOf(all) + encodeUtf8(text).length - text.length;
}
